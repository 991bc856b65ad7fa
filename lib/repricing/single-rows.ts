import type { SqlClient, Tx } from "#lib/db/client.ts";
import { type CallCost, type CallToCost, costOfCall } from "#lib/ledger/cost-of-call.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";
import { IS_LINEAR, movedRows } from "./moved-rows.ts";
import type { Move } from "./moves.ts";

/** A row that is priced by itself: it has fees, no usage, a price that breaks a digit or none for all its units. */
export type SingleRow = {
  readonly move: Move;
  readonly id: string;
  readonly startedAt: Date;
  readonly calls: number;
  /** None where the producer gave none. */
  readonly tokens: Tokens;
  readonly cost: Usd | null;
  readonly listCost: Usd | null;
  readonly now: CallCost;
};

const ROWS_AT_ONCE = 5_000;

/** Prices the rows that moves take and that no sum can price, some thousands at a time. */
export async function* singleRows(
  sql: SqlClient | Tx,
  moves: readonly Move[],
): AsyncGenerator<SingleRow[]> {
  if (moves.length === 0) return;
  const cursor = sql<Row[]>`
    select m.n, u.id, u.started_at, u.calls, u.funding, u.flags, u.units, u.cost, u.list_cost,
           case when u.input_uncached is null then null else json_build_object(
             'input_uncached', u.input_uncached, 'cache_read', u.cache_read,
             'cache_write_5m', u.cache_write_5m, 'cache_write_1h', u.cache_write_1h,
             'output', u.output, 'reasoning', u.reasoning) end as tokens
      from ${movedRows(sql, moves)} and not ${sql.unsafe(IS_LINEAR)}`.cursor(ROWS_AT_ONCE);
  for await (const rows of cursor) yield rows.flatMap((row) => priced(row, moves[row.n]));
}

type Row = Pick<CallToCost, "funding" | "flags"> & {
  readonly n: number;
  readonly id: string;
  readonly started_at: Date;
  readonly calls: number;
  readonly units: CallToCost["units"] | null;
  readonly cost: string | null;
  readonly list_cost: string | null;
  readonly tokens: Tokens | null;
};

function priced(row: Row, move: Move | undefined): SingleRow[] {
  if (move === undefined) return [];
  const { funding, flags, tokens } = row;
  const status = move.group.dimensions.status as CallToCost["status"];
  const call = { status, funding, flags, tokens, units: row.units ?? {} };
  return [
    {
      move,
      id: row.id,
      startedAt: row.started_at,
      calls: row.calls,
      tokens: tokens ?? NO_TOKENS,
      cost: usdOrNull(row.cost),
      listCost: usdOrNull(row.list_cost),
      now: costOfCall(call, move.span.rateSet),
    },
  ];
}

function usdOrNull(amount: string | null): Usd | null {
  return amount === null ? null : parseUsd(amount);
}
