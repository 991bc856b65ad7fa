/** How axes and the words on them look, on every chart of lines and areas. */
export const TICK = { fill: "var(--faint)", fontSize: 12 };

export const DAY_AXIS = {
  dataKey: "label",
  tickLine: false,
  axisLine: { stroke: "var(--line-strong)" },
  tick: TICK,
  // Every second day, or every third: people count along the words.
  interval: "equidistantPreserveStart",
  minTickGap: 28,
} as const;

export const AMOUNT_AXIS = {
  // Steps that people read at a glance: 1, 2, 2.5 or 5 times a power of ten.
  niceTicks: "snap125",
  width: 56,
  domain: [0, "auto"] as [number, "auto"],
  tickLine: false,
  axisLine: false,
  tick: TICK,
} as const;

/** A range around what is expected. */
export const BAND = {
  stroke: "none",
  fill: "var(--chart-1)",
  isAnimationActive: false,
  activeDot: false,
} as const;

/** A dot over what is odd. */
export const MARK = { fill: "var(--danger)", stroke: "var(--surface)", strokeWidth: 1.5 } as const;
