import type { SqlClient } from "#lib/db/client.ts";
import type { History } from "#lib/forecast/forecast-series.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { type ForecastScope, scopeText } from "./scope.ts";
import { brokenDays, type SeriesCalendar } from "./series-calendar.ts";
import { unhurried } from "./unhurried.ts";

/** Daily effective cost in dollars, as statistics take it. */
export type Series = {
  readonly scope: ForecastScope;
  /** Complete days from the first with spend to yesterday; null where it is unknown. */
  readonly history: History;
  /** What the running day has spent by now. */
  readonly today: number;
};

type DayRow = { readonly day: Date; readonly ids: string | null; readonly costs: string | null };

/** Series that spent nothing for eight weeks are gone, and not forecast any more. */
const GONE_DAYS = 56;

/**
 * The series of the organisation, of every team, model and agent, and of every
 * model of a team. Those without spend for eight weeks are left out.
 *
 * A day of the rollups is read at a time and added up here: in the database the
 * five groupings of a year took ten times as long.
 */
export async function readAllSeries(sql: SqlClient, calendar: SeriesCalendar): Promise<Series[]> {
  const { starts } = calendar;
  return readOnly(sql, async (tx) => {
    const sums = new SeriesSums(starts.length);
    const seriesOf = await readDimensionSets(tx, sums);
    const hasUsage: boolean[] = [];
    for (const [place, start] of starts.entries()) {
      const end = starts[place + 1] ?? calendar.tomorrow;
      const day = await unhurried(readDay(tx, start, end));
      hasUsage.push(day !== null);
      for (const [id, cost] of day ?? []) {
        for (const values of seriesOf.get(id) ?? []) values[place] = (values[place] ?? 0) + cost;
      }
    }
    return hasUsage.includes(true) ? sums.series(brokenDays(hasUsage.slice(0, -1))) : [];
  });
}

/** For each dimension set the daily values that its spend counts in. */
async function readDimensionSets(tx: SqlClient, sums: SeriesSums) {
  const seriesOf = new Map<string, readonly Float64Array[]>();
  const query = tx<{ id: string; team: string; model: string | null; agent: string | null }[]>`
    select id::text, team, model, agent from dimension_set`;
  await query.cursor(1_000, (rows) => {
    for (const { id, ...dimensions } of rows) seriesOf.set(id, sums.valuesOf(dimensions));
  });
  return seriesOf;
}

/** Spend of a day by dimension set, in dollars; null when nothing at all arrived. */
async function readDay(
  tx: SqlClient,
  from: number,
  to: number,
): Promise<[string, number][] | null> {
  const rows = await tx<DayRow[]>`
    select day, string_agg(dimension_set_id::text, ',') filter (where cost <> 0) as ids,
           string_agg(cost::text, ',') filter (where cost <> 0) as costs
      from usage_day where day >= ${new Date(from)} and day < ${new Date(to)}
     group by day`;
  // Another start within the day: the zone is being changed, and the rollups rebuilt.
  const row = rows.find(({ day }) => day.getTime() === from);
  if (row === undefined) return null;
  const costs = row.costs?.split(",") ?? [];
  return (row.ids?.split(",") ?? []).map((id, index) => [id, Number(costs[index])]);
}

/** Daily sums of every series, by scope. */
class SeriesSums {
  readonly #days: number;
  readonly #sums = new Map<string, { scope: ForecastScope; values: Float64Array }>();

  /** @param days How many, the running one included. */
  constructor(days: number) {
    this.#days = days;
    this.#valuesOf({ kind: "organization" });
  }

  /** What spend of these dimensions counts in. */
  valuesOf({ team, model, agent }: { team: string; model: string | null; agent: string | null }) {
    const scopes: ForecastScope[] = [{ kind: "organization" }, { kind: "team", team }];
    if (model !== null) scopes.push({ kind: "model", model }, { kind: "team_model", team, model });
    if (agent !== null) scopes.push({ kind: "agent", agent });
    return scopes.map((scope) => this.#valuesOf(scope));
  }

  /** Those that are not gone, by scope. */
  series(broken: readonly boolean[]): Series[] {
    return [...this.#sums]
      .filter(([name, { values }]) => name === "organization" || !hasGone(values))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { scope, values }]) => ({
        scope,
        history: historyOf(values, broken),
        today: values.at(-1) ?? 0,
      }));
  }

  #valuesOf(scope: ForecastScope): Float64Array {
    const name = scopeText(scope);
    const known = this.#sums.get(name);
    if (known !== undefined) return known.values;
    const values = new Float64Array(this.#days);
    this.#sums.set(name, { scope, values });
    return values;
  }
}

function hasGone(values: Float64Array): boolean {
  return values.subarray(-1 - GONE_DAYS).every((value) => value === 0);
}

/** From the first day with spend; a series that began today has no complete day. */
export function historyOf(values: Float64Array, broken: readonly boolean[]): History {
  const complete = values.subarray(0, -1);
  const first = complete.findIndex((value) => value !== 0);
  if (first === -1) return [];
  return Array.from(complete.subarray(first), (value, index) =>
    broken[first + index] === true ? null : value,
  );
}
