/** What a deviation must reach to be flagged, and to be worth a message. */
export type Sensitivity = {
  /** Robust deviations from the expected value. */
  readonly deviations: number;
  /** Share of the expected value, 0.4 for 40 %. */
  readonly share: number;
  /** Amount in the unit of the series: dollars. */
  readonly amount: number;
  /** A message is due when the incident's excess reaches so many typical days… */
  readonly noticeDays: number;
  /** …or the day so many times the largest of the fourteen before. */
  readonly noticeTimesLargest: number;
};

/** The published settings, chosen on one half of the benchmark's series; the money floor is the caller's. */
export const USUAL_SENSITIVITY: Sensitivity = {
  deviations: 3.5,
  share: 0.4,
  amount: 0,
  noticeDays: 1,
  noticeTimesLargest: 1.3,
};
