import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { assertMonthsOpen } from "#lib/close/closed-months.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { toDecimal } from "#lib/money/money.ts";
import type { ChangeSums } from "./change.ts";
import type { HistoryFilter } from "./history-filter.ts";
import type { HistoryPeriod } from "./history-period.ts";
import { type HistoryRunKind, type HistoryRunMode, PASS_BY_SUMS } from "./history-run.ts";

export type RunRequest = {
  readonly kind: HistoryRunKind;
  /** Default: apply. A preview only notes what would change, in closed months too. */
  readonly mode?: HistoryRunMode;
  readonly period: HistoryPeriod;
  readonly filter: HistoryFilter;
  /** The totals of the preview that the decision was made on; null when there was none. */
  readonly expected: ChangeSums | null;
  readonly timeZone: string;
};

/**
 * Asks for a change of history; the worker does it, after those that were asked
 * for before.
 *
 * @returns The run's id.
 * @throws {AppError} "closed_period" when the period touches a closed month.
 */
export async function requestRun(
  sql: SqlClient,
  { kind, mode = "apply", period, filter, expected, timeZone }: RunRequest,
  actor: AuditActor,
  now: Date,
): Promise<bigint> {
  return sql.begin(async (tx) => {
    if (mode === "apply") await assertMonthsOpen(tx, period.from, period.to, timeZone);
    const totals = expected === null ? null : decimals(expected);
    const [row] = await tx<{ id: bigint }[]>`
      insert into history_run (kind, mode, period_from, period_to, filter, requested_by, requested_at, expected, pass)
      values (${kind}, ${mode}, ${period.from}, ${period.to}, ${tx.json(filter)}, ${actor.label}, ${now},
              ${totals === null ? null : tx.json(totals)}, ${kind === "reprice" ? PASS_BY_SUMS : 1})
      returning id`;
    if (row === undefined) throw new Error("a run was not stored");
    if (mode === "preview") return row.id;
    await recordAudit(tx, {
      actor,
      action: kind === "reprice" ? "history.repricing_requested" : "history.reallocation_requested",
      target: { kind: "history_run", id: `${row.id}` },
      after: {
        ...{ from: period.from.toISOString(), to: period.to.toISOString() },
        ...{ filter, expected: totals },
      },
    });
    return row.id;
  });
}

/** Totals as they are kept and shown: amounts as decimal strings. */
export function decimals(sums: ChangeSums) {
  return {
    calls: sums.calls,
    old_cost: toDecimal(sums.oldCost),
    new_cost: toDecimal(sums.newCost),
    old_list_cost: toDecimal(sums.oldListCost),
    new_list_cost: toDecimal(sums.newListCost),
  };
}
