import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import { dayStart } from "#lib/time/zone.ts";
import { basisSql } from "./cost-basis-sql.ts";
import { withinTeams } from "./dimension-sql.ts";
import { organizationZone } from "./read-only.ts";
import type { CostBasis } from "./usage-query.ts";

/** A model that an import and telemetry both tell of, on the same days: perhaps the same calls twice. */
export type ImportOverlap = {
  readonly provider: string | null;
  readonly model: string | null;
  /** On how many days of the organisation; the sums are those of these days. */
  readonly days: number;
  readonly imported: Told;
  readonly telemetry: Told;
};

type Told = { readonly calls: number; readonly tokens: number; readonly cost: Usd };

const MOST_ITEMS = 100;

/**
 * Where usage may stand in the figures twice. A row of an import that names the
 * response is joined with the call that telemetry tells of, so not all of these
 * are; sums of a provider's report cannot be. The dearest first.
 */
export async function importOverlaps(
  sql: SqlClient,
  scope: ReadScope,
  { from, to, costBasis = "effective" }: OverlapQuery,
): Promise<ImportOverlap[]> {
  const basis = basisSql(sql, costBasis, "u");
  const firstDay = from && new Date(dayStart(from.getTime(), await organizationZone(sql)));
  const rows = await sql<OverlapRow[]>`
    with told as (
      select u.day, d.provider, d.model, d.dialect = 'import' as imported,
             sum(u.model_calls) as calls, sum(${basis.cost}) as cost,
             sum(u.input_uncached + u.cache_read + u.cache_write_5m + u.cache_write_1h + u.output) as tokens
        from usage_day u join dimension_set d on d.id = u.dimension_set_id ${basis.join}
       where d.kind = 'model_call'
         ${firstDay === undefined ? sql`` : sql`and u.day >= ${firstDay}`}
         ${to === undefined ? sql`` : sql`and u.day < ${to}`}
         ${withinTeams(sql, scope, sql`d.team`)}
       group by 1, 2, 3, 4
      having sum(u.model_calls) > 0 or sum(${basis.cost}) > 0
          or sum(u.input_uncached + u.cache_read + u.output) > 0)
    select i.provider, i.model, count(*)::int8 as days,
           sum(i.calls)::int8 as imported_calls, sum(i.tokens)::int8 as imported_tokens,
           sum(i.cost) as imported_cost, sum(t.calls)::int8 as telemetry_calls,
           sum(t.tokens)::int8 as telemetry_tokens, sum(t.cost) as telemetry_cost
      from told i
      join told t on t.day = i.day and not t.imported
       and t.provider is not distinct from i.provider and t.model is not distinct from i.model
     where i.imported
     group by i.provider, i.model
     order by imported_cost desc, i.provider, i.model
     limit ${MOST_ITEMS}`;
  return rows.map((row) => ({
    provider: row.provider,
    model: row.model,
    days: Number(row.days),
    imported: {
      calls: Number(row.imported_calls),
      tokens: Number(row.imported_tokens),
      cost: parseUsd(row.imported_cost),
    },
    telemetry: {
      calls: Number(row.telemetry_calls),
      tokens: Number(row.telemetry_tokens),
      cost: parseUsd(row.telemetry_cost),
    },
  }));
}

type OverlapQuery = {
  readonly from?: Date;
  readonly to?: Date;
  readonly costBasis?: CostBasis;
};

type OverlapRow = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly days: bigint;
  readonly imported_calls: bigint;
  readonly imported_tokens: bigint;
  readonly imported_cost: string;
  readonly telemetry_calls: bigint;
  readonly telemetry_tokens: bigint;
  readonly telemetry_cost: string;
};
