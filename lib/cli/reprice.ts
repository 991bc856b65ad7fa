import { COMMAND_LINE } from "#lib/audit/actor.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import type { ChangeSums } from "#lib/history-runs/change.ts";
import { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import { type HistoryPeriod, historyPeriod } from "#lib/history-runs/history-period.ts";
import { type HistoryRun, readRun, runChanges } from "#lib/history-runs/history-run.ts";
import { decimals, requestRun } from "#lib/history-runs/request-run.ts";
import {
  type ChangeGroup,
  changesByDay,
  differenceOf,
  groupChanges,
} from "#lib/history-runs/summarise.ts";
import { workOnRun } from "#lib/history-runs/work-on-run.ts";
import { HISTORY_WORKS } from "#lib/jobs/history-works.ts";
import { CURRENCY, toDecimal, type Usd } from "#lib/money/money.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { previewRepricing, type RepricingPreview } from "#lib/repricing/preview.ts";
import { type Call, type Command, type Outcome, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { PERIOD_OPTIONS, periodOf } from "./period.ts";
import { tableLines } from "./table-lines.ts";

/** Shows what today's prices change in a past period, and with --apply changes it. */
export const reprice: Command = {
  usage: "reprice --from DAY --to DAY [--provider NAME] [--model NAME] [--team SLUG] [--apply]",
  options: {
    ...PERIOD_OPTIONS,
    ...{ provider: { type: "string" }, model: { type: "string" }, team: { type: "string" } },
    apply: { type: "boolean" },
  },
  run: async (call) =>
    withDatabase(call.config, async ({ sql }) => {
      const timeZone = await organizationZone(sql);
      const period = closedPeriodOf(call, timeZone);
      const filter = filterOf(call);
      const preview = await previewRepricing(sql, filter, period);
      if (call.options.apply !== true) return difference(preview, period);
      const request = {
        kind: "reprice",
        period,
        filter,
        expected: preview.total,
        timeZone,
      } as const;
      const id = await requestRun(sql, request, COMMAND_LINE, new Date());
      return applied(sql, await finish(sql, id));
    }),
};

function closedPeriodOf(call: Call, timeZone: string): HistoryPeriod {
  const { from, to } = periodOf(call, timeZone);
  if (from === null || to === null) {
    throw new AppError("Say which days: --from (inclusive) and --to (exclusive)", {
      code: "invalid",
    });
  }
  return historyPeriod({ from, to }, timeZone, new Date());
}

function filterOf(call: Call): HistoryFilter {
  const given = ["provider", "model", "team"].flatMap((name) => {
    const value = text(call, name);
    return value === null ? [] : [[name, value] as const];
  });
  const filter = HistoryFilter.safeParse(Object.fromEntries(given));
  if (filter.success) return filter.data;
  throw new AppError("--provider, --model and --team take a name", { code: "invalid" });
}

function difference({ total, changes }: RepricingPreview, { from, to }: HistoryPeriod): Outcome {
  const isNothing = changes.length === 0;
  return {
    details: isNothing ? [] : tableLines(tableOf(changes)),
    line: isNothing
      ? "Priced as today's prices say: nothing to change"
      : `${inWords(total)}; --apply changes it`,
    data: { from, to, currency: CURRENCY, applied: false, ...dataOf(total, changes) },
    exitCode: isNothing ? 0 : 1,
  };
}

/** Does the work itself, so that it is done when the command ends; a worker may help. */
async function finish(sql: SqlClient, id: bigint): Promise<HistoryRun> {
  for (;;) {
    await workOnRun(sql, HISTORY_WORKS, () => new Date());
    const run = await readRun(sql, id);
    if (run === null) throw new Error("a run is gone");
    if (run.state !== "queued" && run.state !== "running") return run;
  }
}

async function applied(sql: SqlClient, run: HistoryRun): Promise<Outcome> {
  if (run.state !== "done") throw new AppError(run.error ?? run.state, { code: "conflict" });
  const changes = await runChanges(sql, run.id);
  return {
    details: changes.length === 0 ? [] : tableLines(tableOf(changes)),
    line: `Run ${run.id} changed ${inWords(run)}`,
    data: {
      ...{ from: run.from, to: run.to, currency: CURRENCY, applied: true, run: run.id },
      ...dataOf(run, changes),
    },
    exitCode: 0,
  };
}

function inWords(sums: ChangeSums): string {
  return `${signed(differenceOf(sums))} ${CURRENCY} over ${sums.calls} calls (${toDecimal(sums.oldCost)} before, ${toDecimal(sums.newCost)} after)`;
}

function signed(amount: bigint): string {
  return `${amount < 0n ? "" : "+"}${toDecimal(amount as Usd)}`;
}

const HEADINGS = ["team", "provider", "model", "calls", "before", "after", "difference"];

function tableOf(changes: RepricingPreview["changes"]): string[][] {
  const rows = groupChanges(changes, ({ team, provider, model }) =>
    [team, provider ?? "-", model ?? "-"].join("\n"),
  );
  return [
    HEADINGS,
    ...rows.map((row) => [
      ...row.key.split("\n"),
      ...[`${row.calls}`, toDecimal(row.oldCost), toDecimal(row.newCost)],
      signed(differenceOf(row)),
    ]),
  ];
}

function dataOf(total: ChangeSums, changes: RepricingPreview["changes"]) {
  const groups = (list: readonly ChangeGroup<string | null>[], name: string) =>
    list.map((group) => ({ [name]: group.key, ...figures(group) }));
  return {
    total: figures(total),
    by_team: groups(
      groupChanges(changes, ({ team }) => team),
      "team",
    ),
    by_model: groups(
      groupChanges(changes, ({ model }) => model),
      "model",
    ),
    by_day: groups(changesByDay(changes), "day"),
  };
}

function figures(sums: ChangeSums) {
  return { ...decimals(sums), difference: toDecimal(differenceOf(sums) as Usd) };
}
