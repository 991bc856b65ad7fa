import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { nextUnitStart, unitStart } from "#lib/time/calendar.ts";
import type { Stretch } from "./moves.ts";
import { type MovedGroup, movedGroups } from "./plan-moves.ts";
import { pricedGroups } from "./priced-groups.ts";

/** What calls are looked at, and what they are priced by. */
export type RepricingSource = {
  readonly pricing: Pricing;
  readonly timeZone: string;
  readonly filter: HistoryFilter;
};

const FIRST_DAYS = 8;

/**
 * The next stretch with calls that may have another price now, of about so many
 * calls: whole days, or a part of one that has more.
 */
export async function nextStretch(
  sql: SqlClient | Tx,
  source: RepricingSource,
  within: Stretch,
  calls: number,
): Promise<Stretch | null> {
  const { timeZone } = source;
  let atMs = within.fromMs;
  for (let days = FIRST_DAYS; atMs < within.toMs; ) {
    const isMidday = unitStart(atMs, "day", timeZone) !== atMs;
    const end = isMidday ? nextUnitStart(atMs, "day", timeZone) : daysAfter(atMs, days, timeZone);
    const rest = { fromMs: atMs, toMs: Math.min(end, within.toMs) };
    const found = firstUnits(
      await movedIn(sql, source, rest),
      rest,
      unitOf(rest, timeZone),
      timeZone,
      calls,
    );
    if (found === null) {
      atMs = rest.toMs;
    } else if (found.calls > calls && !isMidday) {
      return hoursOf(sql, source, found.stretch, calls);
    } else if (found.isAll && found.calls < calls / 2 && rest.toMs < within.toMs && !isMidday) {
      days *= 4;
    } else {
      return found.stretch;
    }
  }
  return null;
}

/** The rollup rows of a stretch with calls that may have another price now: of its days, or of its hours where it has parts of days. */
export async function movedIn(
  sql: SqlClient | Tx,
  { pricing, timeZone, filter }: RepricingSource,
  within: Stretch,
): Promise<MovedGroup[]> {
  const unit = unitOf(within, timeZone);
  const whole = { ...within, fromMs: unitStart(within.fromMs, unit, timeZone) };
  const groups = await pricedGroups(sql, unit, whole, filter);
  return movedGroups(sql, pricing, groups, within, (ms) => nextUnitStart(ms, unit, timeZone));
}

async function hoursOf(
  sql: SqlClient | Tx,
  source: RepricingSource,
  day: Stretch,
  calls: number,
): Promise<Stretch> {
  const groups = await pricedGroups(sql, "hour", day, source.filter);
  const end = (ms: number) => nextUnitStart(ms, "hour", source.timeZone);
  const moved = await movedGroups(sql, source.pricing, groups, day, end);
  return firstUnits(moved, day, "hour", source.timeZone, calls)?.stretch ?? day;
}

function unitOf({ fromMs, toMs }: Stretch, timeZone: string): "day" | "hour" {
  const isDay = [fromMs, toMs].every((ms) => unitStart(ms, "day", timeZone) === ms);
  return isDay ? "day" : "hour";
}

function daysAfter(ms: number, days: number, timeZone: string): number {
  let end = ms;
  for (let day = 0; day < days; day++) end = nextUnitStart(end, "day", timeZone);
  return end;
}

type FirstUnits = {
  readonly stretch: Stretch;
  /** How many calls may move; an hour with more than a step's is divided. */
  readonly calls: number;
  /** Whether nothing is left after them. */
  readonly isAll: boolean;
};

function firstUnits(
  moved: readonly MovedGroup[],
  within: Stretch,
  unit: "day" | "hour",
  timeZone: string,
  most: number,
): FirstUnits | null {
  const units = [...Map.groupBy(moved, ({ group }) => group.at.getTime())].toSorted(
    ([a], [b]) => a - b,
  );
  const [first] = units;
  if (first === undefined) return null;
  const fromMs = Math.max(first[0], within.fromMs);
  let toMs = fromMs;
  let calls = 0;
  let taken = 0;
  for (const [startMs, groups] of units) {
    const more = groups.reduce((sum, { group }) => sum + group.calls, 0);
    if (taken > 0 && calls + more > most) break;
    calls += more;
    taken += 1;
    toMs = nextUnitStart(startMs, unit, timeZone);
  }
  const parts = unit === "hour" ? Math.ceil(calls / most) : 1;
  if (parts > 1) toMs = Math.min(toMs, fromMs + Math.ceil((toMs - first[0]) / parts));
  const stretch = { fromMs, toMs: Math.min(toMs, within.toMs) };
  return { stretch, calls, isAll: taken === units.length };
}
