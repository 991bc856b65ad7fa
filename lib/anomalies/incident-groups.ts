import type { Incident } from "./incidents.ts";
import { INCIDENT_GAP_DAYS } from "./notice.ts";

/** A dimension and one of its values; the organisation itself has none. */
export type Scope = { readonly dimension: string; readonly value: string } | null;

/** An incident of one scope's series, with what its drivers name first. */
export type ScopedIncident = Incident & {
  readonly scope: Scope;
  /** Null when no single cause explains it. */
  readonly cause: Scope;
};

/** One thing that happened, as seen in several series. */
export type IncidentGroup = {
  /** What is shown: the view from the widest scope, else the one with the largest excess. */
  readonly head: ScopedIncident;
  /** The others: the same money seen from elsewhere, so their excess is not added. */
  readonly others: readonly ScopedIncident[];
};

/**
 * Joins incidents of different scopes that are views of one: they move the same
 * way at the same time, and either have the same cause, or one's cause is the
 * other's scope, or one is the organisation's and found no cause of its own.
 * A bad model in fifty teams is one incident, not fifty.
 */
export function groupIncidents(incidents: readonly ScopedIncident[]): IncidentGroup[] {
  const groups: ScopedIncident[][] = [];
  for (const incident of incidents) {
    const related = groups.filter((group) => group.some((other) => isSame(incident, other)));
    const joined = [...related.flat(), incident];
    for (const group of related) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups.map(toGroup);
}

function isSame(a: ScopedIncident, b: ScopedIncident): boolean {
  const isTogether =
    a.direction === b.direction &&
    a.firstDay <= b.lastDay + INCIDENT_GAP_DAYS &&
    b.firstDay <= a.lastDay + INCIDENT_GAP_DAYS;
  if (!isTogether) return false;
  const [whatA, whatB] = [a.cause ?? a.scope, b.cause ?? b.scope];
  // The whole organisation's, with no single cause: what its parts did is part of it.
  if (whatA === null || whatB === null) return true;
  return equals(whatA, whatB) || explains(a, b) || explains(b, a);
}

function explains(a: ScopedIncident, b: ScopedIncident): boolean {
  return a.cause !== null && equals(a.cause, b.scope);
}

function equals(a: Scope, b: Scope): boolean {
  return a?.dimension === b?.dimension && a?.value === b?.value;
}

function toGroup(members: readonly ScopedIncident[]): IncidentGroup {
  const [head, ...others] = members.toSorted(
    (a, b) =>
      Number(a.scope !== null) - Number(b.scope !== null) ||
      Math.abs(b.excess) - Math.abs(a.excess),
  );
  if (head === undefined) throw new Error("a group has at least one incident");
  return { head, others };
}
