import type { AnomalyKind, Verdict } from "./daily-detector.ts";
import type { Direction } from "./detector-state.ts";
import { INCIDENT_GAP_DAYS } from "./notice.ts";

/** What an incident is called: as its days, or the new level that they turned out to be. */
export type IncidentKind = AnomalyKind | "level_shift";

/** Flagged days of one series in one row: one thing that happened. */
export type Incident = {
  readonly kind: IncidentKind;
  readonly direction: Direction;
  /** Index of the first and the last flagged day. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Actual less expected spend of the flagged days. */
  readonly excess: number;
  readonly isNotable: boolean;
};

/**
 * Joins flagged days that lie at most three days apart into incidents. A row
 * for each day would tell the same thing again and again.
 *
 * @param values The same days as the verdicts.
 */
export function incidentsOf(
  verdicts: readonly Verdict[],
  values: readonly (number | null)[],
): Incident[] {
  const incidents: Incident[] = [];
  for (const [day, { anomaly, expected }] of verdicts.entries()) {
    if (anomaly === null) continue;
    const actual = values[day] ?? 0;
    const today: Incident = {
      kind: anomaly.isNewLevel ? "level_shift" : anomaly.kind,
      direction: anomaly.direction,
      firstDay: day,
      lastDay: day,
      excess: actual - (expected ?? actual),
      isNotable: anomaly.isNotable,
    };
    const last = incidents.at(-1);
    if (last !== undefined && day - last.lastDay <= INCIDENT_GAP_DAYS) {
      incidents[incidents.length - 1] = join(last, today);
    } else {
      incidents.push(today);
    }
  }
  return incidents;
}

function join(first: Incident, next: Incident): Incident {
  const excess = first.excess + next.excess;
  return {
    kind: tellingKind(first.kind, next.kind),
    direction: excess >= 0 ? 1 : -1,
    firstDay: first.firstDay,
    lastDay: next.lastDay,
    excess,
    isNotable: first.isNotable || next.isNotable,
  };
}

/** What says more about the whole; otherwise what it began as. */
const TELLING: readonly IncidentKind[] = ["level_shift", "gone"];

function tellingKind(first: IncidentKind, next: IncidentKind): IncidentKind {
  return TELLING.find((kind) => kind === first || kind === next) ?? first;
}
