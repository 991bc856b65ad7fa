import { COMMAND_LINE } from "#lib/audit/actor.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { HistoryPeriod } from "#lib/history-runs/history-period.ts";
import { type HistoryRun, runChanges } from "#lib/history-runs/history-run.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { previewRepricing, type RepricingPreview } from "#lib/repricing/preview.ts";
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

/** Shows what today's prices change in a past period, and with --apply changes it. */
export const reprice: Command = {
  usage:
    "reprice --from DAY --to DAY [--provider NAME] [--model NAME] [--team SLUG] [--apply] | reprice --cancel RUN",
  options: HISTORY_OPTIONS,
  run: async (call) =>
    withDatabase(call.config, async ({ sql }) => {
      const cancelled = await cancelledRun(sql, call, "reprice");
      if (cancelled !== null) return cancelled;
      const timeZone = await organizationZone(sql);
      const period = historyPeriodOf(call, timeZone);
      const filter = historyFilterOf(call);
      const preview = await previewRepricing(sql, filter, period);
      if (call.options.apply !== true) return difference(preview, period);
      const asked = { period, filter, expected: preview.total, timeZone };
      const request = { kind: "reprice", ...asked } as const;
      const id = await requestRun(sql, request, COMMAND_LINE, new Date());
      return applied(sql, await finishRun(sql, id));
    }),
};

function difference({ total, changes }: RepricingPreview, { from, to }: HistoryPeriod): Outcome {
  const isNothing = changes.length === 0;
  return {
    details: isNothing ? [] : tableLines(changeTable(changes)),
    line: isNothing
      ? "Priced as today's prices say: nothing to change"
      : `${inWords(total)}; --apply changes it`,
    data: { from, to, currency: CURRENCY, applied: false, ...changeData(total, changes) },
    exitCode: isNothing ? 0 : 1,
  };
}

async function applied(sql: SqlClient, run: HistoryRun): Promise<Outcome> {
  const changes = await runChanges(sql, run.id);
  const { id, from, to } = run;
  return {
    details: changes.length === 0 ? [] : tableLines(changeTable(changes)),
    line: `Run ${id} changed ${inWords(run)}`,
    data: { from, to, currency: CURRENCY, applied: true, run: id, ...changeData(run, changes) },
    exitCode: 0,
  };
}
