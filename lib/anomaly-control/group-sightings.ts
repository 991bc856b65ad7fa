import { sum } from "#lib/forecast/statistics.ts";
import { sumUsd, ZERO_USD } from "#lib/money/money.ts";
import { METRICS, type Sighting } from "./sighting.ts";
import { isAbout, type Meets } from "./used-together.ts";

/** Sightings of one thing: what it is told by comes first. */
export type SightingGroup = { readonly head: Sighting; readonly others: readonly Sighting[] };

/** Days and hours speak of the same thing when they lie this close. */
const SAME_MS = 24 * 3_600_000;
const SOURCES = ["agent", "hour", "day"] as const;

/**
 * Joins sightings that move the same way at the same time and are about the
 * same. A bad agent is seen in its team, its model and the organisation, and is
 * one anomaly.
 */
export function groupSightings(
  sightings: readonly Sighting[],
  meets: Meets = isAbout,
): SightingGroup[] {
  const groups: Sighting[][] = [];
  // The narrow first: the wide ones join what they contain.
  for (const sighting of sightings.toSorted((a, b) => widthOf(a) - widthOf(b))) {
    const related = joinable(
      groups.filter((group) => isOf(group, sighting, meets)),
      sighting,
    );
    const joined = [...related.flat(), sighting];
    for (const group of related) groups.splice(groups.indexOf(group), 1);
    groups.push(joined);
  }
  return groups.map(toGroup);
}

/** A part that carries so much of a wide change is all that it is about. */
const MAIN_SHARE = 0.75;
/** Parts that together carry less are something else. */
const LEAST_SHARE = 0.5;

/**
 * The groups that a wide sighting may join into one: a bad model in fifty teams
 * is one thing, but neither a looping agent nor a huge bill, which moves all that
 * is above it, must swallow what others did meanwhile.
 */
function joinable(related: readonly Sighting[][], wide: Sighting): readonly Sighting[][] {
  const isProven = (group: readonly Sighting[]) => group.some(({ source }) => source === "agent");
  const series = related.filter((group) => !isProven(group));
  const proven = related.filter(isProven);
  if (series.length === 0) return proven.slice(0, 1);
  const own = partsOf(series, wide);
  if (own.length === 0) return [];
  const fits = (group: readonly Sighting[]) =>
    group.every((one) => own.flat().every((other) => isAbout(one.scope, other.scope)));
  return [...own, ...proven.filter(fits).slice(0, 1)];
}

/**
 * Those that a wide change is made of: the one that carries it, or all where none
 * does. None where they are too small to be it: what has moved it is a few days
 * back. What lies across, a model beside a team, is no part of it.
 */
function partsOf(groups: readonly Sighting[][], { scope, metric, excess }: Sighting) {
  const isPart = (one: Sighting) => one.metric === metric && isWithin(one.scope, scope);
  const sizes = groups.map((group) =>
    Math.max(0, ...group.filter(isPart).map((one) => one.excess)),
  );
  const largest = Math.max(...sizes);
  if (largest === 0) return groups;
  if (largest >= MAIN_SHARE * excess) return groups.slice(sizes.indexOf(largest)).slice(0, 1);
  return sum(sizes) >= LEAST_SHARE * excess ? groups : [];
}

/** Whether a scope is of a wider one, or the same. */
export function isWithin(part: Sighting["scope"], whole: Sighting["scope"]): boolean {
  return (["team", "model", "agent"] as const).every(
    (name) => whole[name] === undefined || whole[name] === part[name],
  );
}

/** Whether a sighting may be of a group: of something in it, and of what is narrowest in it, which the group is about. */
function isOf(group: readonly Sighting[], sighting: Sighting, meets: Meets): boolean {
  const least = Math.min(...group.map(widthOf));
  return (
    group.some((other) => isSame(sighting, other, meets)) &&
    group.some((other) => widthOf(other) === least && meets(sighting.scope, other.scope))
  );
}

/** Whether two spans touch or lie within a day of each other. */
export function isTogether(
  a: Pick<Sighting, "startsAt" | "endsAt">,
  b: Pick<Sighting, "startsAt" | "endsAt">,
): boolean {
  return a.startsAt < b.endsAt + SAME_MS && b.startsAt < a.endsAt + SAME_MS;
}

/** That a model has no price says nothing about what its callers do, and is no part of it. */
export function isApart(a: Sighting["kind"], b: Sighting["kind"]): boolean {
  return (a === "unpriced_usage") !== (b === "unpriced_usage");
}

function isSame(a: Sighting, b: Sighting, meets: Meets): boolean {
  if (isApart(a.kind, b.kind)) return false;
  return a.direction === b.direction && isTogether(a, b) && meets(a.scope, b.scope);
}

function widthOf({ scope }: Sighting): number {
  return -Object.keys(scope).length;
}

/** What proves itself, the dearest of it, then money, then the largest view: its drivers name the rest. */
function toGroup(members: readonly Sighting[]): SightingGroup {
  const [head, ...others] = members.toSorted(
    (a, b) =>
      SOURCES.indexOf(a.source) - SOURCES.indexOf(b.source) ||
      METRICS.indexOf(a.metric) - METRICS.indexOf(b.metric) ||
      Number(b.isNotable) - Number(a.isNotable) ||
      Number(wastedOf(b) - wastedOf(a)) ||
      Object.keys(a.scope).length - Object.keys(b.scope).length,
  );
  if (head === undefined) throw new Error("a group has at least one sighting");
  return { head: withAlike(head, others), others };
}

function wastedOf({ wasted }: Sighting): bigint {
  return wasted === null ? 0n : wasted < 0n ? -wasted : wasted;
}

/** The same of other sessions of the agent: their money and calls are part of it. */
function withAlike(head: Sighting, others: readonly Sighting[]): Sighting {
  const { wasted, finding } = head;
  if (wasted === null || finding === null || finding.session == null) return head;
  const alike = others.filter(
    (one) =>
      one.kind === head.kind &&
      one.finding?.tool === finding.tool &&
      one.finding?.session !== finding.session,
  );
  if (alike.length === 0) return head;
  const all = [head, ...alike];
  return {
    ...head,
    wasted: sumUsd(all.map((one) => one.wasted ?? ZERO_USD)),
    startsAt: Math.min(...all.map(({ startsAt }) => startsAt)),
    endsAt: Math.max(...all.map(({ endsAt }) => endsAt)),
    finding: {
      ...finding,
      sessions: new Set(all.map((one) => one.finding?.session)).size,
      ...(typeof finding.calls === "number" && {
        calls: all.reduce((sum, one) => sum + Number(one.finding?.calls ?? 0), 0),
      }),
    },
  };
}
