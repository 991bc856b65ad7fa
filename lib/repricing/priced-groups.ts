import type { SqlClient, Tx } from "#lib/db/client.ts";
import { filterCondition, type HistoryFilter } from "#lib/history-runs/history-filter.ts";
import { DIMENSION_COLUMNS } from "#lib/ledger/dimension-set.ts";
import type { Dimensions } from "#lib/ledger/ledger-row.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import type { PricedGroup, Stretch } from "./moves.ts";

/** A row of a rollup, as far as prices go: the calls of an hour or a day that are filed and priced alike. */
export type RollupGroup = PricedGroup & {
  /** The start of its hour or day. */
  readonly at: Date;
  readonly calls: number;
  readonly unpricedCalls: number;
  readonly tokens: Tokens;
  readonly cost: Usd;
  readonly listCost: Usd;
};

/** The model calls of a period by day, or by hour, as the rollups hold them. */
export async function pricedGroups(
  sql: SqlClient | Tx,
  by: "day" | "hour",
  { fromMs, toMs }: Stretch,
  filter: HistoryFilter,
): Promise<RollupGroup[]> {
  const at = sql(by);
  const rows = await sql<Row[]>`
    select r.${at} as at, r.dimension_set_id, r.rate_set_id, r.model_calls, r.unpriced_calls,
           r.input_uncached, r.cache_read, r.cache_write_5m, r.cache_write_1h, r.output,
           r.reasoning, r.cost, r.list_cost
      from ${sql(`usage_${by}`)} r
      join dimension_set d on d.id = r.dimension_set_id
     where r.${at} >= ${new Date(fromMs)} and r.${at} < ${new Date(toMs)}
       and d.kind = 'model_call' and r.rate_set_id <> 0 and ${filterCondition(sql, filter)}
     order by r.${at}`;
  const [dimensions, rateSets] = await Promise.all([
    readDimensions(sql, [...new Set(rows.map((row) => row.dimension_set_id))]),
    readRateSets(sql, [...new Set(rows.map((row) => row.rate_set_id))]),
  ]);
  return rows.flatMap((row) => {
    const filed = dimensions.get(row.dimension_set_id);
    const rateSet = rateSets.get(row.rate_set_id);
    if (filed === undefined || rateSet === undefined) return [];
    return [{ ...groupOf(row), dimensions: filed, rateSet }];
  });
}

type Row = {
  readonly at: Date;
  readonly dimension_set_id: bigint;
  readonly rate_set_id: bigint;
  readonly model_calls: bigint;
  readonly unpriced_calls: bigint;
  readonly cost: string;
  readonly list_cost: string;
} & { readonly [Class in keyof Tokens]: bigint };

function groupOf(row: Row): Omit<RollupGroup, "dimensions" | "rateSet"> {
  return {
    at: row.at,
    dimensionSetId: row.dimension_set_id,
    calls: Number(row.model_calls),
    unpricedCalls: Number(row.unpriced_calls),
    tokens: Object.fromEntries(
      TOKEN_CLASSES.map((name) => [name, Number(row[name])]),
    ) as unknown as Tokens,
    cost: parseUsd(row.cost),
    listCost: parseUsd(row.list_cost),
  };
}

async function readDimensions(
  sql: SqlClient | Tx,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, Dimensions>> {
  const rows = await sql<(Record<string, unknown> & { id: bigint })[]>`
    select * from dimension_set where id = any(${ids.map(String)}::text[]::int8[])`;
  return new Map(
    rows.map((row) => [
      row.id,
      Object.fromEntries(
        DIMENSION_COLUMNS.map(([column, key]) => [key, row[column]]),
      ) as unknown as Dimensions,
    ]),
  );
}

async function readRateSets(
  sql: SqlClient | Tx,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, RateSet>> {
  const rows = await sql<{ id: bigint; content: RateSet }[]>`
    select id, content from rate_set where id = any(${ids.map(String)}::text[]::int8[])`;
  return new Map(rows.map(({ id, content }) => [id, content]));
}
