import { type Editor, requireAdmin } from "#lib/access/rights.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { notifyPlan } from "./notify-plan.ts";

/** Who changes the organisation, and when. */
export type Change = { readonly by: Editor; readonly now: Date };

/**
 * Runs a change of teams, projects, people or rules as one transaction, one at
 * a time (two that reorder or re-parent at once must not undo each other), and
 * tells the collectors, which file by it from its commit on.
 *
 * @throws {AppError} "forbidden" unless admin.
 */
export async function changeOrganization<Result>(
  sql: SqlClient,
  { by }: Change,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  requireAdmin(by);
  const { result } = await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${ORGANIZATION_LOCK})`;
    const result = await work(tx);
    await notifyPlan(tx);
    return { result };
  });
  return result as Result;
}

const ORGANIZATION_LOCK = 7_302_031;
