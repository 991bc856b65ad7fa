import type { Fragment } from "postgres";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { storableJson } from "#lib/ledger/storable-json.ts";
import { toDecimal } from "#lib/money/money.ts";
import { linearRates } from "#lib/pricing/linear-rates.ts";
import { listRateSetOf, type RateSet } from "#lib/pricing/rate-set.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { Move } from "./moves.ts";

/**
 * The rows of the ledger that moves take, as SQL: `priced_event u` joined to the
 * moves as `m`, each row with the one move that it falls under; `m.n` is that
 * move's place in the list. Counted rows only: no figure is made of the others.
 */
export function movedRows(sql: SqlClient | Tx, moves: readonly Move[]): Fragment {
  const { from, to } = outerBounds(moves);
  return sql`
         priced_event u
    join jsonb_to_recordset(${storableJson(moves.map(recordOf))}::text::jsonb) as m (
           n int4, dimension_set_id int8, rate_set_id int8, new_dimension_set_id int8,
           new_rate_set_id int8, funding text, is_funded bool, any_name bool, provider text,
           model text, from_at timestamptz, to_at timestamptz, from_tokens int8, to_tokens int8,
           is_linear bool, ${sql.unsafe(PRICE_COLUMNS)})
      on m.dimension_set_id = u.dimension_set_id and m.rate_set_id = u.rate_set_id
     and m.funding = u.funding
     and u.started_at >= m.from_at and u.started_at < m.to_at
     and (m.from_tokens = 0 or ${sql.unsafe(CONTEXT)} >= m.from_tokens)
     and (m.to_tokens is null or ${sql.unsafe(CONTEXT)} < m.to_tokens)
     and (m.any_name or u.model_reported is not distinct from m.model
                    and u.said ->> 'provider' is not distinct from m.provider)
   where u.counted and u.started_at >= ${from} and u.started_at < ${to}
     and u.rate_set_id = any(${[...new Set(moves.map(({ group }) => group.rateSet.id))]}::text[]::int8[])`;
}

/** As lib/ingest/file-item.ts asks for the price of a row: only of a single call is the prompt's size known. */
const CONTEXT = `case when u.witness = 'call' and u.calls <= 1 and u.input_uncached is not null
  then u.input_uncached + u.cache_read + u.cache_write_5m + u.cache_write_1h else 0 end`;

/**
 * Whether the new cost of a row is its tokens times the prices of the move;
 * other rows are priced one by one (lib/ledger/cost-of-call.ts).
 */
export const IS_LINEAR = `(m.is_linear and u.units is null and u.input_uncached is not null
  and not u.flags && '{split_unknown,usage_incomplete}'::text[]
  ${TOKEN_CLASSES.map((name) => `and (u.${name} = 0 or m.${name} is not null and m.list_${name} is not null)`).join(" ")})`;

const sumOf = (prefix: string) =>
  TOKEN_CLASSES.map((name) => `u.${name} * coalesce(m.${prefix}${name}, 0)`).join(" + ");

/** What a linear row costs by its move: nothing where it was paid for beforehand. */
export const LINEAR_COST = `case when m.is_funded then 0 else ${sumOf("")} end`;
export const LINEAR_LIST_COST = `(${sumOf("list_")})`;
export const LINEAR_STATUS = "case when m.is_funded then 'included' else 'priced' end";

/** Their columns, of a recordset. */
export const PRICE_COLUMNS = ["", "list_"]
  .flatMap((prefix) => TOKEN_CLASSES.map((name) => `${prefix}${name} numeric`))
  .join(", ");

function recordOf({ group, said, span, dimensionSetId }: Move, n: number) {
  const { rateSet, fromMs, toMs, fromTokens, toTokens } = span;
  const list = listRateSetOf(rateSet);
  return {
    n,
    dimension_set_id: `${group.dimensionSetId}`,
    rate_set_id: group.rateSet.id,
    new_dimension_set_id: `${dimensionSetId}`,
    new_rate_set_id: rateSet.id,
    funding: said.funding,
    is_funded: said.funding === "plan" || rateSet.funding !== undefined,
    any_name: said.names === null,
    provider: said.names?.provider ?? null,
    model: said.names?.model ?? null,
    from_at: new Date(fromMs).toISOString(),
    to_at: new Date(toMs).toISOString(),
    from_tokens: fromTokens,
    to_tokens: toTokens === Number.POSITIVE_INFINITY ? null : toTokens,
    is_linear: linearRates(rateSet) !== null && linearRates(list) !== null,
    ...pricesOf(rateSet, ""),
    ...pricesOf(list, "list_"),
  };
}

/** What a token of each class costs by a rate set, by column; null where it has no such price. */
export function pricesOf(rateSet: RateSet, prefix: string): Record<string, string | null> {
  const linear = linearRates(rateSet);
  return Object.fromEntries(
    TOKEN_CLASSES.map((name) => {
      const price = linear?.[name] ?? null;
      return [`${prefix}${name}`, price === null ? null : toDecimal(price)];
    }),
  );
}

function outerBounds(moves: readonly Move[]): { from: Date; to: Date } {
  let [fromMs, toMs] = [Number.MAX_SAFE_INTEGER, 0];
  for (const { span } of moves) {
    fromMs = Math.min(fromMs, span.fromMs);
    toMs = Math.max(toMs, span.toMs);
  }
  return { from: new Date(Math.min(fromMs, toMs)), to: new Date(toMs) };
}
