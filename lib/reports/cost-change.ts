import type { ReadScope } from "#lib/access/read-scope.ts";
import {
  addBridges,
  bridgeLines,
  type CostBridge,
  type UsagePeriod,
} from "#lib/anomalies/price-volume-mix.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { sumUsd, type Usd } from "#lib/money/money.ts";
import { because } from "#lib/refusals/reason.ts";
import { dayStart } from "#lib/time/zone.ts";
import { basisSql } from "./cost-basis-sql.ts";
import { type LineSubject, type PricedRow, pricedLines, readLineKey } from "./cost-change-lines.ts";
import { scopeAndFilters } from "./dimension-sql.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import type { CostBasis, UsageQuery } from "./usage-query.ts";

/** Days of the organisation: from inclusive, to exclusive. */
type Days = { readonly from: Date; readonly to: Date };

export type CostChangeQuery = {
  readonly before: Days;
  readonly after: Days;
  readonly costBasis: CostBasis;
  readonly filters: UsageQuery["filters"];
};

/** What a model, or a tool that has a price, adds to each effect. */
export type CostChangeGroup = CostBridge &
  LineSubject & {
    readonly before: Usd;
    readonly after: Usd;
  };

export type CostChange = {
  readonly before: PeriodSums;
  readonly after: PeriodSums;
  readonly bridge: CostBridge;
  /** The largest change first; effect by effect they add up to `bridge`. */
  readonly groups: readonly CostChangeGroup[];
  readonly asOf: Date;
};

/** `cost` is `/usage`'s figure for the same question. Calls without a price are in no effect. */
export type PeriodSums = {
  readonly cost: Usd;
  readonly calls: bigint;
  readonly unpricedCalls: number;
};

/**
 * Why the cost of usage changed between two periods: the day rollups of both,
 * split by model and class of tokens, as a price / volume / mix bridge.
 *
 * @throws {AppError} "invalid" when a period is not of whole days of the
 *   organisation, and when sessions are asked for, whose days nobody adds up.
 */
export async function costChange(
  sql: SqlClient,
  scope: ReadScope,
  query: CostChangeQuery,
): Promise<CostChange> {
  if (query.filters.session !== undefined) {
    throw new AppError(because("change_by_day"), { code: "invalid" });
  }
  return readOnly(sql, async (tx) => {
    const zone = await organizationZone(tx);
    requireDays(query.before, zone);
    requireDays(query.after, zone);
    const earlier = await readRows(tx, scope, query, query.before);
    const later = await readRows(tx, scope, query, query.after);
    const [clock] = await tx<{ now: Date }[]>`select now()`;
    const lines = bridgeLines(periodOf(earlier), periodOf(later));
    return {
      before: sumsOf(earlier),
      after: sumsOf(later),
      bridge: addBridges(lines),
      groups: groupsOf(lines),
      asOf: clock?.now ?? query.after.to,
    };
  });
}

function requireDays({ from, to }: Days, zone: string): void {
  const isDay = (at: Date) => dayStart(at.getTime(), zone) === at.getTime();
  if (from < to && isDay(from) && isDay(to)) return;
  throw new AppError(because("whole_days", { zone }), { code: "invalid" });
}

async function readRows(
  sql: SqlClient,
  scope: ReadScope,
  { costBasis, filters }: CostChangeQuery,
  { from, to }: Days,
): Promise<readonly PricedRow[]> {
  const byUser = filters.user !== undefined;
  const basis = basisSql(sql, costBasis, "u");
  return sql<PricedRow[]>`
    select g.*, p.content
    from (
      select d.kind, d.provider, d.model, d.tool, u.rate_set_id,
             sum(u.model_calls + u.tool_calls)::bigint as calls,
             sum(u.unpriced_calls)::bigint as unpriced_calls,
             sum(u.input_uncached)::bigint as input_uncached,
             sum(u.cache_read)::bigint as cache_read,
             sum(u.cache_write_5m)::bigint as cache_write_5m,
             sum(u.cache_write_1h)::bigint as cache_write_1h,
             sum(u.output)::bigint as output, sum(u.reasoning)::bigint as reasoning,
             sum(${basis.cost}) as cost
      from ${sql(byUser ? "usage_day_user" : "usage_day")} u
      join dimension_set d on d.id = u.dimension_set_id ${basis.join}
      where u.day >= ${from} and u.day < ${to} ${scopeAndFilters(sql, scope, filters)}
      group by d.kind, d.provider, d.model, d.tool, u.rate_set_id
    ) g left join rate_set p on p.id = g.rate_set_id`;
}

function periodOf(rows: readonly PricedRow[]): UsagePeriod {
  const priced = rows.map((row) => pricedLines(row));
  return {
    calls: priced.reduce((sum, { calls }) => sum + calls, 0n),
    lines: priced.flatMap(({ lines }) => lines),
  };
}

function sumsOf(rows: readonly PricedRow[]): PeriodSums {
  const { calls, lines } = periodOf(rows);
  return {
    cost: sumUsd(lines.map(({ cost }) => cost)),
    calls,
    unpricedCalls: rows.reduce((sum, row) => sum + Number(row.unpriced_calls), 0),
  };
}

function groupsOf(lines: ReturnType<typeof bridgeLines>): CostChangeGroup[] {
  const groups = Map.groupBy(lines, ({ key }) => JSON.stringify(readLineKey(key)));
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const before = sumUsd(group.map((line) => line.before));
      const after = sumUsd(group.map((line) => line.after));
      return [{ ...readLineKey(first.key), ...addBridges(group), before, after }];
    })
    .filter(({ before, after }) => before !== 0n || after !== 0n)
    .toSorted(bySize);
}

function bySize(a: CostChangeGroup, b: CostChangeGroup): number {
  const size = ({ change }: CostChangeGroup) => (change < 0n ? -change : change);
  return size(a) === size(b) ? 0 : size(a) < size(b) ? 1 : -1;
}
