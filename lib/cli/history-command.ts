import { COMMAND_LINE } from "#lib/audit/actor.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { cancelRun } from "#lib/history-runs/cancel-run.ts";
import type { Change, ChangeSums } from "#lib/history-runs/change.ts";
import { HistoryFilter } from "#lib/history-runs/history-filter.ts";
import { type HistoryPeriod, historyPeriod } from "#lib/history-runs/history-period.ts";
import {
  type HistoryRun,
  type HistoryRunKind,
  readRun,
  runChanges,
} from "#lib/history-runs/history-run.ts";
import { decimals } from "#lib/history-runs/request-run.ts";
import {
  type ChangeGroup,
  changesByDay,
  differenceOf,
  groupChanges,
} from "#lib/history-runs/summarise.ts";
import { workOnRun } from "#lib/history-runs/work-on-run.ts";
import { HISTORY_WORKS } from "#lib/jobs/history-works.ts";
import { CURRENCY, toDecimal, type Usd } from "#lib/money/money.ts";
import { type Call, type Outcome, text } from "./command.ts";
import { PERIOD_OPTIONS, periodOf } from "./period.ts";
import { tableLines } from "./table-lines.ts";

/** Options of the commands that change history. */
export const HISTORY_OPTIONS = {
  ...PERIOD_OPTIONS,
  provider: { type: "string" },
  model: { type: "string" },
  team: { type: "string" },
  apply: { type: "boolean" },
  cancel: { type: "string" },
} as const;

/** @throws {AppError} "invalid" when an end is left out, or is no start of a day. */
export function historyPeriodOf(call: Call, timeZone: string): HistoryPeriod {
  const { from, to } = periodOf(call, timeZone);
  if (from === null || to === null) {
    throw new AppError("Say which days: --from (inclusive) and --to (exclusive)", {
      code: "invalid",
    });
  }
  return historyPeriod({ from, to }, timeZone, new Date());
}

/** @throws {AppError} "invalid" when a name is empty or too long. */
export function historyFilterOf(call: Call): HistoryFilter {
  const given = ["provider", "model", "team"].flatMap((name) => {
    const value = text(call, name);
    return value === null ? [] : [[name, value] as const];
  });
  const filter = HistoryFilter.safeParse(Object.fromEntries(given));
  if (filter.success) return filter.data;
  throw new AppError("--provider, --model and --team take a name", { code: "invalid" });
}

/** Does the work itself, so that it is done when the command ends; a worker may help. @throws {AppError} when the run fails. */
export async function finishRun(sql: SqlClient, id: bigint): Promise<HistoryRun> {
  for (;;) {
    await workOnRun(sql, HISTORY_WORKS, () => new Date());
    const run = await readRun(sql, id);
    if (run === null) throw new Error("a run is gone");
    if (run.state === "done") return run;
    if (run.state !== "queued" && run.state !== "running") {
      throw new AppError(run.error ?? run.state, { code: "conflict" });
    }
  }
}

/** Ends the run that --cancel names; null where it names none. @throws {AppError} "invalid", "not_found", "conflict" */
export async function cancelledRun(
  sql: SqlClient,
  call: Call,
  kind: HistoryRunKind,
): Promise<Outcome | null> {
  const id = text(call, "cancel");
  if (id === null) return null;
  if (!/^\d{1,18}$/.test(id)) throw new AppError("--cancel takes a run's id", { code: "invalid" });
  const run = await cancelRun(sql, kind, BigInt(id), COMMAND_LINE, new Date());
  const changes = await runChanges(sql, run.id);
  const { from, to, state } = run;
  return {
    details: changes.length === 0 ? [] : tableLines(changeTable(changes, kind === "reallocate")),
    line: `Cancelled run ${id}; it had changed ${inWords(run)}`,
    data: { from, to, currency: CURRENCY, run: id, state, ...changeData(run, changes) },
    exitCode: 0,
  };
}

export function inWords(sums: ChangeSums): string {
  const [before, after] = [toDecimal(sums.oldCost), toDecimal(sums.newCost)];
  return `${signed(differenceOf(sums))} ${CURRENCY} over ${sums.calls} calls (${before} before, ${after} after)`;
}

/** Rows of a table by team (or pair of teams), provider and model. */
export function changeTable(changes: readonly Change[], byPair = false): string[][] {
  if (changes.length === 0) return [];
  const rows = groupChanges(changes, ({ team, newTeam, provider, model }) =>
    [byPair ? `${team} -> ${newTeam}` : team, provider ?? "-", model ?? "-"].join("\n"),
  );
  return [
    ["team", "provider", "model", "calls", "before", "after", "difference"],
    ...rows.map((row) => [
      ...row.key.split("\n"),
      ...[`${row.calls}`, toDecimal(row.oldCost), toDecimal(row.newCost)],
      signed(differenceOf(row)),
    ]),
  ];
}

/** What --json prints of changes. */
export function changeData(total: ChangeSums, changes: readonly Change[]) {
  const groups = (list: readonly ChangeGroup<string | null>[], name: string) =>
    list.map((group) => ({ [name]: group.key, ...figures(group) }));
  return {
    total: figures(total),
    by_team: groups(
      groupChanges(changes, ({ team }) => team),
      "team",
    ),
    by_new_team: groups(
      groupChanges(changes, ({ newTeam }) => newTeam),
      "team",
    ),
    by_model: groups(
      groupChanges(changes, ({ model }) => model),
      "model",
    ),
    by_day: groups(changesByDay(changes), "day"),
  };
}

function signed(amount: bigint): string {
  return `${amount < 0n ? "" : "+"}${toDecimal(amount as Usd)}`;
}

function figures(sums: ChangeSums) {
  return { ...decimals(sums), difference: toDecimal(differenceOf(sums) as Usd) };
}
