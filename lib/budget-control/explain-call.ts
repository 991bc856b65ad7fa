import type { Viewer } from "#lib/access/viewer.ts";
import type { ScopeDimension } from "#lib/budgets/budget.ts";
import { type CallDimensions, coverage } from "#lib/budgets/scope.ts";
import { type BudgetStatus, statusOf } from "#lib/budgets/status.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { startOfEventId } from "#lib/ledger/event-id.ts";
import { readOnly } from "#lib/reports/read-only.ts";
import { maySee } from "./budget-access.ts";
import { factsOf, readBudgetBook, readBudgetSpend } from "./budget-facts.ts";
import { rememberedForecast } from "./forecast-memory.ts";

/** Whether a budget pays for a call; `because` names what in its scope does not fit. */
export type ApplyingBudget = {
  readonly status: BudgetStatus;
  readonly covers: boolean;
  readonly because: ScopeDimension | null;
  /** Whether the call falls into the running period. */
  readonly isCurrent: boolean;
};

type CallRow = { [D in ScopeDimension]: string | null } & {
  readonly started_at: Date;
  readonly counted: boolean;
};

/**
 * Which of the budgets that a viewer may see pay for a call, and why the others
 * do not.
 *
 * @returns null when there is no such event among the viewer's teams.
 */
export async function explainCall(
  sql: SqlClient,
  viewer: Viewer,
  eventId: string,
  now: number,
): Promise<{ readonly counted: boolean; readonly budgets: readonly ApplyingBudget[] } | null> {
  const startedAt = startOfEventId(eventId);
  if (startedAt === null) return null;
  return readOnly(sql, async (tx) => {
    const [call] = await tx<CallRow[]>`
      select e.started_at, e.counted, d.team, d.project, d.agent, d.workflow, d.model, d.provider,
             d.cost_center, e.user_id as "user", e.key_id as key
        from usage_event e join dimension_set d on d.id = e.dimension_set_id
       where e.started_at = ${new Date(startedAt)} and e.id = ${eventId}
         ${viewer.teams === "all" ? tx`` : tx`and d.team = any(${[...viewer.teams]}::text[])`}`;
    if (call === undefined) return null;
    const book = await readBudgetBook(tx, now);
    const seen = book.budgets.filter((budget) => maySee(viewer, budget));
    const spend = await readBudgetSpend(tx, { ...book, budgets: seen }, now);
    const dimensions: CallDimensions = call;
    const at = call.started_at.getTime();
    const budgets = seen.map((budget) => {
      const facts = factsOf(book, budget, spend.get(budget.id) ?? []);
      const status = statusOf(facts, now, rememberedForecast);
      const isCurrent = at >= status.period.start && at < status.period.end;
      return { status, ...coverage(budget.scope, dimensions, book.teams), isCurrent };
    });
    return {
      counted: call.counted,
      budgets: budgets.toSorted((a, b) => Number(b.covers) - Number(a.covers)),
    };
  });
}
