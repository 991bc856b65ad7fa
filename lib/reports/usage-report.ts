import type { Fragment } from "postgres";
import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { RowSink } from "#lib/tables/row-sink.ts";
import { dimensionColumn, groupName, joined, scopeAndFilters } from "./dimension-sql.ts";
import { inBatches } from "./in-batches.ts";
import { COUNT_COLUMNS, type MeasuresRow, toMeasures } from "./measures.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import { planUsage, type UsagePlan } from "./usage-plan.ts";
import type { Measures, UsageQuery, UsageResult, UsageRow } from "./usage-query.ts";
import { usageSource } from "./usage-source.ts";

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
  scope: ReadScope,
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
 * The same answer row by row, for exports of any length: the totals before the
 * first row, all from one snapshot.
 */
export async function streamUsage(
  sql: SqlClient,
  scope: ReadScope,
  query: UsageQuery,
  sink: UsageSink,
): Promise<void> {
  await readOnly(sql, (tx) => streamUsageIn(tx, scope, query, sink));
}

export type UsageSink = RowSink<UsageSummary, UsageRow>;

/** The same in a snapshot that is open already. */
export async function streamUsageIn(
  tx: SqlClient,
  scope: ReadScope,
  query: UsageQuery,
  sink: UsageSink,
): Promise<void> {
  const plan = planUsage(query, await organizationZone(tx));
  let write: Awaited<ReturnType<UsageSink>> | undefined;
  const report = reportSql(tx, scope, query, plan);
  for await (const batch of inBatches<ReportRow>(tx, report, ROWS_AT_ONCE)) {
    const rows = write === undefined ? batch.slice(1) : batch;
    write ??= await sink(summaryOf(batch[0]));
    await write(rows.map((row) => usageRow(row, query, plan)));
  }
}

type ReportRow = MeasuresRow & {
  /** 0 is the total. */
  readonly n: bigint;
  readonly b: number;
  readonly row_count: bigint;
  readonly as_of: Date;
  readonly [group: `g${number}`]: string | null;
};

/** The total first (row 0), then the rows in their order: by bucket, dearest first, then by group. */
function reportSql(
  sql: SqlClient,
  scope: ReadScope,
  query: UsageQuery,
  plan: UsagePlan,
  page?: Page,
): Fragment {
  const groups = query.groupBy.map((_, index) => groupName(sql, index));
  const columns = query.groupBy.map(
    (dimension, index) =>
      sql`, ${dimensionColumn(sql, scope, dimension)} as ${groupName(sql, index)}`,
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
    COUNT_COLUMNS.map((name) => sql`sum(${sql(name)})::bigint as ${sql(name)}`),
    sql`,`,
  );
  const groupBy = groups.map((_, index) => sql`, ${sql.unsafe(String(index + 2))}`);
  return sql`
    with grouped as materialized (
      select u.b ${joined(sql, columns, sql``)}, ${sums},
             sum(u.cost) as cost, sum(u.list_cost) as list_cost
      from ${usageSource(sql, plan, query.costBasis)}
      where true ${scopeAndFilters(sql, scope, query.filters)}
      group by 1 ${joined(sql, groupBy, sql``)}
    ), paged as (
      select *, row_number() over (order by b, cost desc ${order}) as n from grouped
      where ${isSomething(sql)}
      order by n ${page === undefined ? sql`` : sql`limit ${page.limit} offset ${page.offset}`}
    )
    select 0::bigint as n, 0 as b ${nulls}, ${coalescedSums(sql)}, count(*) as row_count, now() as as_of
    from grouped where ${isSomething(sql)}
    union all
    select n, b ${names}, ${joined(
      sql,
      COUNT_COLUMNS.map((name) => sql`${sql(name)}`),
      sql`,`,
    )},
           cost, list_cost, 0, now()
    from paged
    order by n`;
}

/** A group whose last call was taken back leaves a row of zeros in the rollups. */
function isSomething(sql: SqlClient): Fragment {
  const zeros = [...COUNT_COLUMNS, "cost", "list_cost"].map((name) => sql`${sql(name)} = 0`);
  return sql`not (${joined(sql, zeros, sql`and`)})`;
}

function coalescedSums(sql: SqlClient): Fragment {
  const counts = COUNT_COLUMNS.map(
    (name) => sql`coalesce(sum(${sql(name)}), 0)::bigint as ${sql(name)}`,
  );
  return sql`${joined(sql, counts, sql`,`)},
    coalesce(sum(cost), 0) as cost, coalesce(sum(list_cost), 0) as list_cost`;
}

function summaryOf(head: ReportRow | undefined): UsageSummary {
  if (head === undefined || head.n !== 0n) throw new Error("a report without its total");
  return { total: toMeasures(head), rowCount: Number(head.row_count), asOf: head.as_of };
}

function usageRow(row: ReportRow, query: UsageQuery, plan: UsagePlan): UsageRow {
  const group = Object.fromEntries(
    query.groupBy.map((dimension, index) => [dimension, row[`g${index}`] ?? null]),
  );
  return {
    bucketStart: new Date(plan.edges[row.b - 1] ?? query.from),
    bucketEnd: new Date(plan.edges[row.b] ?? query.to),
    group,
    measures: toMeasures(row),
  };
}
