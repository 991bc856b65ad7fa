import type { Fragment } from "postgres";
import type { TeamScope } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { dimensionColumn, groupName, joined, scopeAndFilters } from "./dimension-sql.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import { planUsage, type UsagePlan } from "./usage-plan.ts";
import type { Measures, UsageQuery, UsageResult, UsageRow } from "./usage-query.ts";
import { usageRows } from "./usage-source.ts";

/** Which of a result's rows to give; all of them when left out. */
export type Page = { readonly limit: number; readonly offset: number };

/** What comes before the rows of a streamed report. */
export type UsageSummary = {
  readonly total: Measures;
  readonly rowCount: number;
  readonly asOf: Date;
};

const ROWS_AT_ONCE = 1_000;

/**
 * Answers one question to the ledger, from the cheapest exact source, within
 * the viewer's teams.
 *
 * @throws {AppError} "invalid" when the query has too many buckets,
 *   "unavailable" when it takes too long.
 */
export async function usageReport(
  sql: SqlClient,
  scope: TeamScope,
  query: UsageQuery,
  page?: Page,
): Promise<UsageResult> {
  return readOnly(sql, async (tx) => {
    const plan = planUsage(query, await organizationZone(tx));
    const found = await tx<ReportRow[]>`${reportSql(tx, scope, query, plan, page)}`;
    const [head, ...rows] = found;
    return { ...summaryOf(head), rows: rows.map((row) => usageRow(row, query, plan)) };
  });
}

/**
 * The same answer row by row, for exports of any length. `begin` gets the
 * totals before the first row; `write` is awaited, so a slow reader holds the
 * query back. All from one snapshot.
 */
export async function streamUsage(
  sql: SqlClient,
  scope: TeamScope,
  query: UsageQuery,
  sink: {
    readonly begin: (summary: UsageSummary) => Promise<void> | void;
    readonly write: (rows: readonly UsageRow[]) => Promise<void> | void;
  },
): Promise<void> {
  await readOnly(sql, async (tx) => {
    const plan = planUsage(query, await organizationZone(tx));
    let hasBegun = false;
    const cursor = tx<ReportRow[]>`${reportSql(tx, scope, query, plan)}`.cursor(ROWS_AT_ONCE);
    for await (const batch of cursor) {
      const rows = hasBegun ? batch : batch.slice(1);
      if (!hasBegun) await sink.begin(summaryOf(batch[0]));
      hasBegun = true;
      await sink.write(rows.map((row) => usageRow(row, query, plan)));
    }
  });
}

type ReportRow = {
  /** 0 is the total. */
  readonly n: bigint;
  readonly b: number;
  readonly row_count: bigint;
  readonly as_of: Date;
  readonly [group: `g${number}`]: string | null;
} & { readonly [M in (typeof COUNTS)[number]]: bigint } & {
  readonly cost: string;
  readonly list_cost: string;
};

const COUNTS = [
  "model_calls",
  "tool_calls",
  "errors",
  "unpriced_calls",
  "unpriced_tokens",
  "input_uncached",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "reasoning",
] as const;

/** The total first (row 0), then the rows in their order: by bucket, dearest first, then by group. */
function reportSql(
  sql: SqlClient,
  scope: TeamScope,
  query: UsageQuery,
  plan: UsagePlan,
  page?: Page,
): Fragment {
  const groups = query.groupBy.map((_, index) => groupName(sql, index));
  const columns = query.groupBy.map(
    (dimension, index) => sql`, ${dimensionColumn(sql, dimension)} as ${groupName(sql, index)}`,
  );
  const names = joined(
    sql,
    groups.map((name) => sql`, ${name}`),
    sql``,
  );
  const nulls = joined(
    sql,
    groups.map((name) => sql`, null as ${name}`),
    sql``,
  );
  const order = joined(
    sql,
    groups.map((name) => sql`, ${name} collate "C" nulls last`),
    sql``,
  );
  const sums = joined(
    sql,
    COUNTS.map((name) => sql`sum(${sql(name)})::bigint as ${sql(name)}`),
    sql`,`,
  );
  const basis = query.costBasis === "list" ? sql`u.list_cost` : sql`u.cost`;
  const groupBy = groups.map((_, index) => sql`, ${sql.unsafe(String(index + 2))}`);
  return sql`
    with grouped as materialized (
      select u.b ${joined(sql, columns, sql``)}, ${sums},
             sum(${basis}) as cost, sum(u.list_cost) as list_cost
      from (${usageRows(sql, plan)}) u
      join dimension_set d on d.id = u.dimension_set_id
      where true ${scopeAndFilters(sql, scope, query.filters)}
      group by 1 ${joined(sql, groupBy, sql``)}
    ), paged as (
      select *, row_number() over (order by b, cost desc ${order}) as n from grouped
      order by n ${page === undefined ? sql`` : sql`limit ${page.limit} offset ${page.offset}`}
    )
    select 0::bigint as n, 0 as b ${nulls}, ${coalescedSums(sql)}, count(*) as row_count, now() as as_of
    from grouped
    union all
    select n, b ${names}, ${joined(
      sql,
      COUNTS.map((name) => sql`${sql(name)}`),
      sql`,`,
    )},
           cost, list_cost, 0, now()
    from paged
    order by n`;
}

function coalescedSums(sql: SqlClient): Fragment {
  const counts = COUNTS.map((name) => sql`coalesce(sum(${sql(name)}), 0)::bigint as ${sql(name)}`);
  return sql`${joined(sql, counts, sql`,`)},
    coalesce(sum(cost), 0) as cost, coalesce(sum(list_cost), 0) as list_cost`;
}

function summaryOf(head: ReportRow | undefined): UsageSummary {
  if (head === undefined || head.n !== 0n) throw new Error("a report without its total");
  return { total: measuresOf(head), rowCount: Number(head.row_count), asOf: head.as_of };
}

function usageRow(row: ReportRow, query: UsageQuery, plan: UsagePlan): UsageRow {
  const group = Object.fromEntries(
    query.groupBy.map((dimension, index) => [dimension, row[`g${index}`] ?? null]),
  );
  return {
    bucketStart: new Date(plan.edges[row.b - 1] ?? query.from),
    bucketEnd: new Date(plan.edges[row.b] ?? query.to),
    group,
    measures: measuresOf(row),
  };
}

function measuresOf(row: ReportRow): Measures {
  return {
    modelCalls: Number(row.model_calls),
    toolCalls: Number(row.tool_calls),
    errors: Number(row.errors),
    tokens: {
      input_uncached: Number(row.input_uncached),
      cache_read: Number(row.cache_read),
      cache_write_5m: Number(row.cache_write_5m),
      cache_write_1h: Number(row.cache_write_1h),
      output: Number(row.output),
      reasoning: Number(row.reasoning),
    },
    cost: parseUsd(row.cost),
    listCost: parseUsd(row.list_cost),
    unpricedCalls: Number(row.unpriced_calls),
    unpricedTokens: Number(row.unpriced_tokens),
  };
}
