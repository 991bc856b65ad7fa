import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { parseUsd } from "#lib/money/money.ts";
import { organizationZone } from "#lib/organization/organization-day.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import type { AgentUsageRow } from "./price-changes.ts";
import { scopeCondition } from "./read-one-series.ts";
import { type ForecastScope, firstScope, parseScope, requireScope } from "./scope.ts";
import { seriesCalendar } from "./series-calendar.ts";
import { replayUsage, type WhatIfAnswer, type WhatIfInput } from "./what-if.ts";

const DAYS = 30;

type Row = {
  readonly team: string;
  readonly agent: string | null;
  readonly rateSetId: string;
  readonly calls: bigint;
  readonly cost: string;
} & { readonly [Class in keyof Tokens]: bigint };

/** The days that were replayed, in the organisation's zone; the last one not included. */
export type ReplayedDays = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly timeZone: string;
};

export type WhatIfReplay = WhatIfAnswer & {
  readonly period: ReplayedDays;
  /** Calls that had no price to begin with: they are in no figure. */
  readonly leftOutCalls: number;
};

/**
 * What the last 30 complete days would have cost.
 *
 * @throws {AppError} "not_found" for a scope that is not the viewer's, "invalid" for budgets
 */
export async function answerWhatIf(
  sql: SqlClient,
  viewer: Viewer,
  question: WhatIfInput,
  now: number,
): Promise<WhatIfReplay> {
  const scope = question.scope === undefined ? firstScope(viewer) : parseScope(question.scope);
  if (scope.kind === "budget") {
    throw new AppError("scope: ask of what the budget is on", { code: "invalid" });
  }
  requireScope(viewer, scope);
  const [pricing, period] = [await loadPricing(sql), await replayedDays(sql, now)];
  const [rows, leftOutCalls] = await readOnly(sql, async (tx) => [
    await readUsageRows(tx, scope, period),
    await countUnpriced(tx, scope, period),
  ]);
  return { ...replayUsage(rows, question, pricing, now), period, leftOutCalls };
}

/** The last 30 complete days. */
export async function replayedDays(sql: SqlClient, now: number): Promise<ReplayedDays> {
  const timeZone = await organizationZone(sql);
  const { starts } = seriesCalendar(now, timeZone);
  const fromMs = starts.at(-1 - DAYS) ?? starts[0] ?? now;
  return { fromMs, toMs: starts.at(-1) ?? now, timeZone };
}

/** Model calls by team, agent and rate set; those without a price are left out. */
export async function readUsageRows(
  sql: SqlClient,
  scope: ForecastScope,
  { fromMs, toMs }: ReplayedDays,
): Promise<AgentUsageRow[]> {
  const rows = await sql<Row[]>`
    select d.team, d.agent, r.rate_set_id::text as "rateSetId",
           sum(r.model_calls)::int8 as calls, sum(r.cost) as cost,
           sum(r.input_uncached)::int8 as input_uncached, sum(r.cache_read)::int8 as cache_read,
           sum(r.cache_write_5m)::int8 as cache_write_5m,
           sum(r.cache_write_1h)::int8 as cache_write_1h, sum(r.output)::int8 as output,
           sum(r.reasoning)::int8 as reasoning
      from usage_day r join dimension_set d on d.id = r.dimension_set_id
     where r.day >= ${new Date(fromMs)} and r.day < ${new Date(toMs)} and r.rate_set_id <> 0
       and d.kind = 'model_call' and ${scopeCondition(sql, scope)}
     group by 1, 2, 3`;
  const rateSets = await readRateSets(sql, [...new Set(rows.map(({ rateSetId }) => rateSetId))]);
  return rows.flatMap(({ team, agent, rateSetId, calls, cost, ...counts }) => {
    const rateSet = rateSets.get(rateSetId);
    if (rateSet === undefined) return [];
    const tokens = Object.fromEntries(
      TOKEN_CLASSES.map((name) => [name, Number(counts[name])]),
    ) as unknown as Tokens;
    return [{ team, agent, rateSet, calls: Number(calls), cost: parseUsd(cost), tokens }];
  });
}

/** Those that have a price. */
async function readRateSets(
  sql: SqlClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, RateSet>> {
  const rows = await sql<{ id: string; content: RateSet }[]>`
    select id::text, content from rate_set
     where id = any(${ids}::text[]::int8[]) and status = 'priced'`;
  return new Map(rows.map(({ id, content }) => [id, content]));
}

async function countUnpriced(
  sql: SqlClient,
  scope: ForecastScope,
  { fromMs, toMs }: ReplayedDays,
): Promise<number> {
  const [row] = await sql<{ calls: bigint }[]>`
    select coalesce(sum(r.unpriced_calls), 0)::int8 as calls
      from usage_day r join dimension_set d on d.id = r.dimension_set_id
     where r.day >= ${new Date(fromMs)} and r.day < ${new Date(toMs)}
       and d.kind = 'model_call' and ${scopeCondition(sql, scope)}`;
  return Number(row?.calls ?? 0);
}
