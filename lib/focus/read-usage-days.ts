import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { basisSql } from "#lib/reports/cost-basis-sql.ts";
import { withinTeams } from "#lib/reports/dimension-sql.ts";
import { type CivilDay, startOfDay } from "#lib/time/civil-day.ts";
import type { UsageGroup } from "./usage-rows.ts";

export type UsageDay = { readonly day: CivilDay; readonly groups: readonly UsageGroup[] };

/**
 * Every day of a period in its order, each with its groups: one is read at a
 * time, so that a period of any length takes the memory of its greatest day.
 * Reads the day rollup, or for days of another zone than the organisation's the
 * hours.
 */
export async function* readUsageDays(
  sql: SqlClient,
  scope: ReadScope,
  { from, to }: { readonly from: CivilDay; readonly to: CivilDay },
  timeZone: string,
  rollup: "usage_day" | "usage_hour" = "usage_day",
): AsyncGenerator<UsageDay> {
  const rateSets = new Map<bigint, RateSet>();
  for (let day = from; day < to; day++) {
    const start = new Date(startOfDay(day, timeZone));
    const end = new Date(startOfDay(day + 1, timeZone));
    const rows = await groupsBetween(sql, scope, { start, end }, rollup);
    await learn(sql, rateSets, rows);
    const groups = rows.map((row) => groupOf(row, day, rateSets.get(row.rate_set_id) ?? null));
    yield { day, groups };
  }
}

async function groupsBetween(
  sql: SqlClient,
  scope: ReadScope,
  { start, end }: { readonly start: Date; readonly end: Date },
  rollup: "usage_day" | "usage_hour",
): Promise<readonly GroupRow[]> {
  const at = rollup === "usage_day" ? sql`r.day` : sql`r.hour`;
  const { cost, join } = basisSql(sql, "contracted");
  // One row: the day's usage of a team, filed alike, at one rate set.
  return sql<GroupRow[]>`
    select d.team, d.cost_center, d.project, d.environment, d.provider, d.model, d.tier,
           r.rate_set_id, sum(r.model_calls + r.tool_calls)::int8 as calls,
           sum(r.unpriced_calls)::int8 as unpriced_calls,
           sum(r.input_uncached)::int8 as input_uncached, sum(r.cache_read)::int8 as cache_read,
           sum(r.cache_write_5m)::int8 as cache_write_5m,
           sum(r.cache_write_1h)::int8 as cache_write_1h,
           sum(r.output)::int8 as output, sum(r.reasoning)::int8 as reasoning,
           sum(r.list_cost) as list, sum(${cost}) as contracted, sum(r.cost) as cost
      from ${sql(rollup)} r
      join dimension_set d on d.id = r.dimension_set_id
      ${join}
     where ${at} >= ${start} and ${at} < ${end}
       ${withinTeams(sql, scope, sql`d.team`)}
     group by d.team, d.cost_center, d.project, d.environment, d.provider, d.model, d.tier,
              r.rate_set_id
    having sum(r.unpriced_calls) > 0 or sum(r.list_cost) <> 0 or sum(r.cost) <> 0
        or sum(r.input_uncached + r.cache_read + r.cache_write_5m + r.cache_write_1h + r.output) > 0
     order by d.team, d.provider, d.model, r.rate_set_id, d.cost_center, d.project,
              d.environment, d.tier`;
}

type TokenColumn =
  | "input_uncached"
  | "cache_read"
  | "cache_write_5m"
  | "cache_write_1h"
  | "output"
  | "reasoning";

type GroupRow = { readonly [Column in TokenColumn]: bigint } & {
  readonly team: string;
  readonly cost_center: string | null;
  readonly project: string | null;
  readonly environment: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly tier: string | null;
  readonly rate_set_id: bigint;
  readonly calls: bigint;
  readonly unpriced_calls: bigint;
  readonly list: string;
  readonly contracted: string;
  readonly cost: string;
};

async function learn(
  sql: SqlClient,
  known: Map<bigint, RateSet>,
  rows: readonly GroupRow[],
): Promise<void> {
  const ids = new Set(rows.map((row) => row.rate_set_id).filter((id) => !known.has(id)));
  if (ids.size === 0) return;
  const found = await sql<{ id: bigint; content: RateSet }[]>`
    select id, content from rate_set where id = any(${[...ids].map(String)}::text[]::int8[])`;
  for (const { id, content } of found) known.set(id, { ...content, id: String(id) });
}

function groupOf(row: GroupRow, day: CivilDay, rateSet: RateSet | null): UsageGroup {
  return {
    day,
    team: row.team,
    costCenter: row.cost_center,
    project: row.project,
    environment: row.environment,
    provider: row.provider,
    model: row.model,
    tier: row.tier,
    rateSet,
    calls: Number(row.calls),
    unpricedCalls: Number(row.unpriced_calls),
    tokens: {
      input_uncached: Number(row.input_uncached),
      cache_read: Number(row.cache_read),
      cache_write_5m: Number(row.cache_write_5m),
      cache_write_1h: Number(row.cache_write_1h),
      output: Number(row.output),
      reasoning: Number(row.reasoning),
    },
    costs: {
      list: parseUsd(row.list),
      contracted: parseUsd(row.contracted),
      effective: parseUsd(row.cost),
      billed: parseUsd(row.cost),
    },
  };
}
