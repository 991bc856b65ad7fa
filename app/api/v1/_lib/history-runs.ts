import { z } from "zod";
import type { Change, ChangeSums } from "#lib/history-runs/change.ts";
import { type HistoryRun, progressOf } from "#lib/history-runs/history-run.ts";
import { decimals } from "#lib/history-runs/request-run.ts";
import { changesByDay, differenceOf, groupChanges } from "#lib/history-runs/summarise.ts";
import { CURRENCY, toDecimal, type Usd } from "#lib/money/money.ts";
import { limit } from "#lib/parameters/limit.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

const Name = z.string().trim().min(1).max(200);

/** What a change of history is asked for with; names are as the events are filed now. */
export const HistoryInput = z.strictObject({
  from: From,
  to: To,
  provider: Name.optional(),
  model: Name.optional(),
  team: Name.optional(),
});

export const ReallocationInput = HistoryInput.extend({
  apply: z
    .boolean()
    .optional()
    .meta({ description: "Default: false, a preview that only notes what would move" }),
});

export const HistoryRunsParameters = z.strictObject({
  limit: limit(50, 200),
  cursor: Cursor.optional(),
});

const FIGURES = {
  calls: z.int(),
  old_cost: Amount,
  new_cost: Amount,
  difference: Amount,
  old_list_cost: Amount,
  new_list_cost: Amount,
} as const;

const Changes = {
  by_team: z.array(z.strictObject({ team: z.string(), ...FIGURES })),
  by_team_pair: z
    .array(z.strictObject({ team: z.string(), new_team: z.string(), ...FIGURES }))
    .meta({ description: "Where spend goes; pairs of one team keep it" }),
  by_model: z.array(
    z.strictObject({ provider: z.string().nullable(), model: z.string().nullable(), ...FIGURES }),
  ),
  by_day: z.array(z.strictObject({ day: Instant, ...FIGURES })),
} as const;

export const HistoryPreviewBody = z.strictObject({
  ...{ from: Instant, to: Instant, currency: z.literal(CURRENCY) },
  total: z.strictObject(FIGURES),
  ...Changes,
});

const Run = z.strictObject({
  id: z.string(),
  mode: z.enum(["apply", "preview"]),
  state: z.enum(["queued", "running", "done", "failed", "cancelled"]),
  progress: z.number().min(0).max(1).meta({ description: "Through the period, in this pass" }),
  pass: z.int().meta({ description: "The period is gone through until nothing is left to change" }),
  ...{ from: Instant, to: Instant, currency: z.literal(CURRENCY) },
  filter: z.strictObject({
    provider: z.string().optional(),
    model: z.string().optional(),
    team: z.string().optional(),
  }),
  requested_by: z.string(),
  requested_at: Instant,
  started_at: Instant.nullable(),
  finished_at: Instant.nullable(),
  expected: z
    .strictObject(FIGURES)
    .nullable()
    .meta({ description: "The preview that it was asked for with" }),
  rows: z.int().meta({ description: "Rows of the ledger filed anew" }),
  total: z.strictObject(FIGURES),
  error: z.string().nullable(),
});

export const HistoryRunBody = Run;
export const HistoryRunChangesBody = z.strictObject({ ...Run.shape, ...Changes });
export const HistoryRunsBody = z.strictObject({
  runs: z.array(Run),
  next_cursor: z.string().nullable(),
});

export function previewBody(
  { from, to }: { readonly from: Date; readonly to: Date },
  total: ChangeSums,
  changes: readonly Change[],
): z.input<typeof HistoryPreviewBody> {
  return {
    ...{ from: iso(from), to: iso(to), currency: CURRENCY },
    total: figures(total),
    ...changesBody(changes),
  };
}

export function runBody(run: HistoryRun): z.input<typeof Run> {
  const { from, to, filter, mode, state, pass, rows, error } = run;
  return {
    ...{ id: `${run.id}`, mode, state, progress: progressOf(run), pass },
    ...{ from: iso(from), to: iso(to), currency: CURRENCY, filter },
    requested_by: run.requestedBy,
    requested_at: iso(run.requestedAt),
    started_at: run.startedAt === null ? null : iso(run.startedAt),
    finished_at: run.finishedAt === null ? null : iso(run.finishedAt),
    expected: run.expected === null ? null : figures(run.expected),
    ...{ rows, total: figures(run), error },
  };
}

export function changesBody(changes: readonly Change[]) {
  const pair = (a: string | null, b: string | null) => JSON.stringify([a, b]);
  const parts = (key: string) => JSON.parse(key) as [string | null, string | null];
  return {
    by_team: groupChanges(changes, ({ team }) => team).map((group) => ({
      ...{ team: group.key, ...figures(group) },
    })),
    by_team_pair: groupChanges(changes, ({ team, newTeam }) => pair(team, newTeam)).map((group) => {
      const [team, newTeam] = parts(group.key);
      return { team: team ?? "", new_team: newTeam ?? "", ...figures(group) };
    }),
    by_model: groupChanges(changes, ({ provider, model }) => pair(provider, model)).map((group) => {
      const [provider, model] = parts(group.key);
      return { provider, model, ...figures(group) };
    }),
    by_day: changesByDay(changes).map((group) => ({
      ...{ day: iso(new Date(group.key)), ...figures(group) },
    })),
  };
}

function figures(sums: ChangeSums) {
  return { ...decimals(sums), difference: toDecimal(differenceOf(sums) as Usd) };
}
