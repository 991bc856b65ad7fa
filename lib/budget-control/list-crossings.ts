import { type Amount, parseAmount } from "#lib/budgets/amount.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { StoredBasis } from "./crossing-store.ts";

/** What a budget has told or kept silent about, and why. */
export type Alert = {
  readonly id: string;
  readonly periodStart: Date;
  readonly basis: StoredBasis;
  readonly percent: number;
  readonly crossedAt: Date;
  readonly spent: Amount;
  readonly limit: Amount;
  readonly sentAt: Date | null;
  readonly heldUntil: Date | null;
  readonly silentBecause: string | null;
  readonly uncrossedAt: Date | null;
  readonly recrossedAt: Date | null;
};

const MOST = 200;

/** The newest first. */
export async function listCrossings(sql: SqlClient, budgetId: string): Promise<Alert[]> {
  const rows = await sql<
    (Omit<Alert, "percent" | "spent" | "limit"> & {
      percent: string;
      spent: string;
      limit: string;
    })[]
  >`
    select id, period_start as "periodStart", basis, percent, crossed_at as "crossedAt", spent,
           limit_amount as "limit", sent_at as "sentAt", held_until as "heldUntil",
           silent_because as "silentBecause", uncrossed_at as "uncrossedAt",
           recrossed_at as "recrossedAt"
      from budget_crossing where budget_id = ${budgetId}
     order by crossed_at desc, percent desc, id limit ${MOST}`;
  return rows.map((row) => ({
    ...row,
    percent: Number(row.percent),
    spent: parseAmount(row.spent),
    limit: parseAmount(row.limit),
  }));
}
