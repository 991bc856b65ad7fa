import { bridgeCost, type CostBridge, type UsageLine } from "#lib/anomalies/price-volume-mix.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { parseUsd, splitUsd, sumUsd, toDecimal, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { TOKEN_CLASSES, type TokenClass } from "#lib/usage/tokens.ts";
import { within } from "./read-leaves.ts";
import type { AnomalyScope } from "./sighting.ts";
import type { Window } from "./window.ts";

/**
 * Splits the change of a scope into volume, tokens for each call, mix and
 * price. The earlier windows are taken together and scaled to what was
 * expected, so that the four parts add up to the change shown.
 */
export async function readSplit(
  sql: SqlClient | Tx,
  { table, buckets, past }: Window,
  scope: AnomalyScope,
  expected: Usd,
): Promise<{ readonly [Part in keyof CostBridge]: string }> {
  const places = [buckets, ...past].flatMap((list, place) =>
    list.map((bucket) => ({ at: new Date(bucket).toISOString(), is_now: place === 0 })),
  );
  const bucket = sql(table === "usage_day" ? "day" : "hour");
  const rows = await sql<SplitRow[]>`
    with places as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(places)}::text::jsonb)
        as p (at timestamptz, is_now boolean)
    )
    select p.is_now, d.provider, d.model, s.content, sum(r.cost) as cost,
           sum(r.model_calls)::int8 as calls, sum(r.input_uncached)::int8 as input_uncached,
           sum(r.cache_read)::int8 as cache_read, sum(r.cache_write_5m)::int8 as cache_write_5m,
           sum(r.cache_write_1h)::int8 as cache_write_1h, sum(r.output)::int8 as output
      from places p join ${sql(table)} r on r.${bucket} = p.at
      join dimension_set d on d.id = r.dimension_set_id
      left join rate_set s on s.id = r.rate_set_id
     where true ${within(sql, scope)}
     group by p.is_now, d.provider, d.model, s.id, s.content`;
  const now = rows.filter((row) => row.is_now);
  const before = rows.filter((row) => !row.is_now);
  const bridge = bridgeCost(scaledTo(expected, before), {
    calls: callsOf(now),
    lines: now.flatMap(linesOf),
  });
  const { change, volume, intensity, mix, price } = bridge;
  return {
    change: toDecimal(change),
    volume: toDecimal(volume),
    intensity: toDecimal(intensity),
    mix: toDecimal(mix),
    price: toDecimal(price),
  };
}

const CLASSES = TOKEN_CLASSES.filter((name) => name !== "reasoning");
type Class = Exclude<TokenClass, "reasoning">;

type SplitRow = {
  readonly is_now: boolean;
  readonly provider: string | null;
  readonly model: string | null;
  readonly content: RateSet | null;
  readonly cost: string;
  readonly calls: bigint;
} & { readonly [C in Class]: bigint };

/** Quantities and costs keep their proportions, so unit prices stay as they were. */
function scaledTo(expected: Usd, rows: readonly SplitRow[]) {
  const lines = rows.flatMap(linesOf);
  const total = sumUsd(lines.map(({ cost }) => cost));
  if (total <= 0n || lines.some(({ cost }) => cost < 0n)) return { calls: 0n, lines: [] };
  const costs = splitUsd(
    expected,
    lines.map(({ cost }) => cost),
  );
  return {
    calls: (callsOf(rows) * expected) / total,
    lines: lines.map((line, index) => ({
      ...line,
      quantity: (line.quantity * expected) / total,
      cost: costs[index] ?? ZERO_USD,
    })),
  };
}

/** One line for each class of tokens; what no class explains goes with the calls. */
function linesOf(row: SplitRow): UsageLine[] {
  const cost = parseUsd(row.cost);
  const model = `${row.provider ?? ""} ${row.model ?? ""}`;
  const weights = CLASSES.map((name) => weightOf(row, name));
  if (cost <= 0n || weights.every((weight) => weight === 0n)) {
    return cost === 0n ? [] : [{ key: model, unit: "calls", quantity: row.calls, cost }];
  }
  const costs = splitUsd(cost, weights);
  return CLASSES.flatMap((name, index) =>
    row[name] === 0n
      ? []
      : [
          {
            key: `${model} ${name}`,
            unit: "tokens",
            quantity: row[name],
            cost: costs[index] ?? ZERO_USD,
          },
        ],
  );
}

function weightOf({ content, ...row }: SplitRow, name: Class): bigint {
  if (content === null) return row[name];
  const tokens = {
    ...{ input_uncached: 0, cache_read: 0, cache_write_5m: 0, cache_write_1h: 0, output: 0 },
    reasoning: 0,
    [name]: Number(row[name]),
  };
  const { lowerBound } = priceWithRateSet(content, tokens);
  return lowerBound > 0n ? lowerBound : 0n;
}

function callsOf(rows: readonly SplitRow[]): bigint {
  return rows.reduce((sum, { calls }) => sum + calls, 0n);
}
