import { COMMAND_LINE } from "#lib/audit/actor.ts";
import type { Change } from "#lib/history-runs/change.ts";
import { type HistoryRun, runChanges } from "#lib/history-runs/history-run.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import type { Command, Outcome } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import {
  cancelledRun,
  changeData,
  changeTable,
  finishRun,
  HISTORY_OPTIONS,
  historyFilterOf,
  historyPeriodOf,
  inWords,
} from "./history-command.ts";
import { tableLines } from "./table-lines.ts";

/** Shows what today's rules, teams and people move in a past period, and with --apply moves it. */
export const reallocate: Command = {
  usage:
    "reallocate --from DAY --to DAY [--provider NAME] [--model NAME] [--team SLUG] [--apply] | reallocate --cancel RUN",
  options: HISTORY_OPTIONS,
  run: async (call) =>
    withDatabase(call.config, async ({ sql }) => {
      const cancelled = await cancelledRun(sql, call, "reallocate");
      if (cancelled !== null) return cancelled;
      const timeZone = await organizationZone(sql);
      const request = {
        kind: "reallocate",
        mode: call.options.apply === true ? "apply" : "preview",
        period: historyPeriodOf(call, timeZone),
        filter: historyFilterOf(call),
        expected: null,
        timeZone,
      } as const;
      const run = await finishRun(sql, await requestRun(sql, request, COMMAND_LINE, new Date()));
      return outcomeOf(run, await runChanges(sql, run.id));
    }),
};

function outcomeOf(run: HistoryRun, changes: readonly Change[]): Outcome {
  const { id, from, to } = run;
  const isApplied = run.mode === "apply";
  const isNothing = changes.length === 0;
  const what = isApplied ? `Run ${id} moved ` : "";
  return {
    details: isNothing ? [] : tableLines(changeTable(changes, true)),
    line: isNothing
      ? "Given as today's rules say: nothing to move"
      : `${what}${inWords(run)}${isApplied ? "" : "; --apply moves it"}`,
    data: {
      ...{ from, to, currency: CURRENCY, applied: isApplied, run: id },
      ...changeData(run, changes),
    },
    exitCode: isNothing || isApplied ? 0 : 1,
  };
}
