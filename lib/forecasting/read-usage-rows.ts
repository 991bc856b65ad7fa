import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { parseUsd } from "#lib/money/money.ts";
import { organizationZone } from "#lib/organization/organization-day.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import { scopeCondition } from "./read-one-series.ts";
import { type ForecastScope, firstScope, parseScope, requireScope } from "./scope.ts";
import { seriesCalendar } from "./series-calendar.ts";
import {
  type PricedUsageRow,
  replayUsage,
  type WhatIfAnswer,
  type WhatIfInput,
} from "./what-if.ts";

const DAYS = 30;

type Row = {
  readonly team: string;
  readonly content: RateSet;
  readonly calls: bigint;
  readonly cost: string;
} & { readonly [Class in keyof Tokens]: bigint };

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
): Promise<WhatIfAnswer> {
  const scope = question.scope === undefined ? firstScope(viewer) : parseScope(question.scope);
  if (scope.kind === "budget") {
    throw new AppError("scope: ask of what the budget is on", { code: "invalid" });
  }
  requireScope(viewer, scope);
  const pricing = await loadPricing(sql);
  const rows = await readOnly(sql, (tx) => readUsageRows(tx, scope, now));
  return replayUsage(rows, question, pricing, now);
}

/** Model calls of the last 30 complete days, by team and rate set; those without a price are left out. */
export async function readUsageRows(
  sql: SqlClient,
  scope: ForecastScope,
  now: number,
): Promise<PricedUsageRow[]> {
  const { starts } = seriesCalendar(now, await organizationZone(sql));
  const [from, to] = [starts.at(-1 - DAYS) ?? starts[0] ?? now, starts.at(-1) ?? now];
  const rows = await sql<Row[]>`
    with used as (
      select d.team, r.rate_set_id, sum(r.model_calls)::int8 as calls, sum(r.cost) as cost,
             sum(r.input_uncached)::int8 as input_uncached, sum(r.cache_read)::int8 as cache_read,
             sum(r.cache_write_5m)::int8 as cache_write_5m,
             sum(r.cache_write_1h)::int8 as cache_write_1h, sum(r.output)::int8 as output,
             sum(r.reasoning)::int8 as reasoning
        from usage_day r join dimension_set d on d.id = r.dimension_set_id
       where r.day >= ${new Date(from)} and r.day < ${new Date(to)} and r.rate_set_id <> 0
         and d.kind = 'model_call' and ${scopeCondition(sql, scope)}
       group by 1, 2
    )
    select used.*, s.content from used join rate_set s on s.id = used.rate_set_id
     where s.status = 'priced'`;
  return rows.map((row) => ({
    team: row.team,
    rateSet: row.content,
    calls: Number(row.calls),
    cost: parseUsd(row.cost),
    tokens: Object.fromEntries(
      TOKEN_CLASSES.map((name) => [name, Number(row[name])]),
    ) as unknown as Tokens,
  }));
}
