import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { adjustmentLines } from "#lib/close/adjustment-lines.ts";
import { requireOpenMonths } from "#lib/cost-book/change-cost-book.ts";
import { type CostDraft, withDraft } from "#lib/cost-book/draft.ts";
import { paysFor } from "#lib/cost-model/charge.ts";
import type { CostInputs } from "#lib/cost-model/cost-inputs.ts";
import { addCosts, type Costs, NO_COSTS } from "#lib/cost-model/costs.ts";
import { refunded, refundedUsers } from "#lib/cost-model/refund.ts";
import { type LineKind, type TeamLine, teamLines } from "#lib/cost-model/team-lines.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { addMonths, civilDayAt, monthOf, startOfDay } from "#lib/time/civil-day.ts";
import { type DayPeriod, readCostBook, readCostInputs, readUserDays } from "./cost-inputs.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import { repricedUsage } from "./repriced-usage.ts";

/** The cost of a team, or of all of them, line by line. */
export type CostByLine = {
  readonly lines: ReadonlyMap<LineKind, Costs>;
  readonly total: Costs;
  /** Of the other teams, which bear shares, use seats, or stand below and have the same contracts. */
  readonly others: Costs;
};

/** A month as it stands, and as it would with the draft. */
export type MonthPreview = {
  readonly name: "last" | "this";
  readonly from: Date;
  readonly to: Date;
  readonly before: CostByLine;
  readonly after: CostByLine;
};

/**
 * What a draft does to last month's cost and to this month's so far, once calls
 * that are in the ledger have been re-priced by it. Nothing is changed.
 *
 * @param team Null: over all teams.
 * @throws {AppError} "forbidden" unless finance or admin, "closed_period" when it
 *   would change a closed month.
 */
export async function previewCosts(
  sql: SqlClient,
  viewer: Viewer,
  team: string | null,
  draft: CostDraft,
  now: Date,
): Promise<readonly MonthPreview[]> {
  requireFinance(viewer);
  await requireOpenMonths(sql, draft);
  const timeZone = await organizationZone(sql);
  const today = civilDayAt(now.getTime(), timeZone);
  const month = monthOf(today);
  const months = [
    { name: "last" as const, from: addMonths(month, -1), to: month },
    { name: "this" as const, from: month, to: today + 1 },
  ];
  const previews: MonthPreview[] = [];
  for (const { name, ...period } of months) {
    const [before, after] = await inputsOf(sql, period, timeZone, draft);
    const adjustments = await adjustmentLines(sql, period);
    previews.push({
      name,
      from: new Date(startOfDay(period.from, timeZone)),
      to: new Date(startOfDay(period.to, timeZone)),
      before: costByLine([...teamLines(before), ...adjustments], team),
      after: costByLine([...teamLines(after), ...adjustments], team),
    });
  }
  return previews;
}

/** What the month is made of, and what it would be. */
async function inputsOf(
  sql: SqlClient,
  period: DayPeriod,
  timeZone: string,
  draft: CostDraft,
): Promise<readonly [CostInputs, CostInputs]> {
  const [before, changed, days] = await readOnly(sql, async (tx) => {
    const book = await readCostBook(tx);
    const read = (told: Parameters<typeof readCostInputs>[3]) =>
      readCostInputs(tx, period, timeZone, told, "model");
    const hasPlans = book.charges.some((charge) => paysFor(charge) === "plan");
    const days =
      draft.kind === "model" && hasPlans
        ? await readUserDays(tx, period, timeZone, draft.model.team)
        : [];
    return [await read(book), await read(withDraft(book, draft)), days] as const;
  });
  if (draft.kind === "contract") {
    const usage = await repricedUsage(sql, before.usage, period, timeZone, draft.rates);
    return [before, { ...changed, usage }];
  }
  const usage = refunded(changed.usage, before.models, changed.models);
  if (draft.kind !== "model") return [before, { ...changed, usage }];
  const { team } = draft.model;
  const others = changed.users.filter((user) => team !== null && user.team !== team);
  const users = [...others, ...refundedUsers(days, before.models, changed.models)];
  return [before, { ...changed, usage, users }];
}

function costByLine(
  all: readonly Pick<TeamLine, "team" | "kind" | "costs">[],
  team: string | null,
): CostByLine {
  const lines = new Map<LineKind, Costs>();
  let [total, others] = [NO_COSTS, NO_COSTS];
  for (const line of all) {
    if (team !== null && line.team !== team) {
      others = addCosts(others, line.costs);
      continue;
    }
    lines.set(line.kind, addCosts(lines.get(line.kind) ?? NO_COSTS, line.costs));
    total = addCosts(total, line.costs);
  }
  return { lines, total, others };
}
