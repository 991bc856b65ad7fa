import { type Amount, parseAmount, printAmount } from "#lib/budgets/amount.ts";
import type { CrossingBasis, KnownCrossing, Silence } from "#lib/budgets/crossings.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";

/** `pacing`: a limit inside the period; `period`: a period has begun. */
export type StoredBasis = CrossingBasis | "pacing" | "period";

export type StoredCrossing = KnownCrossing & {
  readonly id: string;
  readonly budgetId: string;
  readonly periodStart: number;
  readonly crossedAt: number;
  readonly heldUntil: number | null;
  readonly spent: Amount;
};

export type CrossingRow = {
  readonly id: string;
  readonly budget_id: string;
  readonly period_start: Date;
  readonly limit_key: string;
  readonly basis: StoredBasis;
  readonly percent: string;
  readonly arming: number;
  readonly crossed_at: Date;
  readonly spent: string;
  readonly sent_at: Date | null;
  readonly silent_because: string | null;
  readonly held_until: Date | null;
  readonly uncrossed_at: Date | null;
  readonly recrossed_at: Date | null;
};

export type NewCrossing = {
  readonly budgetId: string;
  readonly periodStart: number;
  readonly limitKey: string;
  readonly basis: StoredBasis;
  readonly percent: number;
  readonly arming: number;
  readonly at: number;
  readonly spent: Amount;
  readonly limit: Amount;
  readonly silentBecause: string | null;
  readonly heldUntil: number | null;
};

/**
 * Marks a crossing. The unique key of the table is the last word on whether it
 * is new.
 *
 * @returns Its id; null when it is known.
 */
export async function insertCrossing(tx: Tx, crossing: NewCrossing): Promise<string | null> {
  const { heldUntil } = crossing;
  const [row] = await tx<{ id: string }[]>`
    insert into budget_crossing (budget_id, period_start, limit_key, basis, percent, arming,
                                 crossed_at, spent, limit_amount, silent_because, held_until)
    values (${crossing.budgetId}, ${new Date(crossing.periodStart)}, ${crossing.limitKey},
            ${crossing.basis}, ${String(crossing.percent)}, ${crossing.arming},
            ${new Date(crossing.at)}, ${printAmount(crossing.spent)}, ${printAmount(crossing.limit)},
            ${crossing.silentBecause}, ${heldUntil === null ? null : new Date(heldUntil)})
        on conflict do nothing
    returning id`;
  return row?.id ?? null;
}

/** The crossings of the periods that budgets are in, by budget. */
export async function currentCrossings(
  sql: SqlClient | Tx,
  only: string | null = null,
): Promise<ReadonlyMap<string, readonly StoredCrossing[]>> {
  const rows = await sql<CrossingRow[]>`
    select c.id, c.budget_id, c.period_start, c.limit_key, c.basis, c.percent, c.arming,
           c.crossed_at, c.spent, c.sent_at, c.silent_because, c.held_until, c.uncrossed_at,
           c.recrossed_at
      from budget_state s
      join budget_crossing c on c.budget_id = s.budget_id and c.period_start = s.period_start
     where c.basis in ('actual', 'forecast', 'exceeded')
       and (${only}::uuid is null or s.budget_id = ${only}::uuid)`;
  return Map.groupBy(rows.map(toCrossing), ({ budgetId }) => budgetId);
}

/** The pacing limits that were exceeded lately: budget, start of the stretch and revision. */
export async function pacingMarks(
  sql: SqlClient | Tx,
  since: number,
): Promise<ReadonlySet<string>> {
  const rows = await sql<{ budget_id: string; period_start: Date; limit_key: string }[]>`
    select budget_id, period_start, limit_key from budget_crossing
     where basis = 'pacing' and crossed_at >= ${new Date(since)}`;
  return new Set(
    rows.map((row) => pacingMark(row.budget_id, row.period_start.getTime(), row.limit_key)),
  );
}

export function pacingMark(budgetId: string, start: number, limitKey: string): string {
  return `${budgetId} ${start} ${limitKey}`;
}

export function toCrossing(row: CrossingRow): StoredCrossing {
  return {
    id: row.id,
    budgetId: row.budget_id,
    periodStart: row.period_start.getTime(),
    limitKey: row.limit_key,
    basis: row.basis as CrossingBasis,
    percent: Number(row.percent),
    arming: row.arming,
    crossedAt: row.crossed_at.getTime(),
    spent: parseAmount(row.spent),
    wasSaid: row.sent_at !== null,
    silentBecause: row.silent_because as Silence | null,
    heldUntil: row.held_until?.getTime() ?? null,
    uncrossedAt: row.uncrossed_at?.getTime() ?? null,
    recrossedAt: row.recrossed_at?.getTime() ?? null,
  };
}
