import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import { adjustmentLines } from "#lib/close/adjustment-lines.ts";
import type { AdjustmentReason } from "#lib/close/adjustment-reason.ts";
import { addCosts, type Costs, NO_COSTS } from "#lib/cost-model/costs.ts";
import {
  type How,
  isOf,
  type LineName,
  lineReceipt,
  type ReceiptDay,
} from "#lib/cost-model/line-receipt.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { type DayPeriod, readCostBook, readCostInputs } from "./cost-inputs.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import { daysOf } from "./team-costs.ts";

/** How a day's amount comes about; an adjustment was booked, for a reason. */
export type TeamCostHow =
  | How
  | {
      readonly by: "adjustment";
      readonly reason: AdjustmentReason;
      readonly note: string;
      readonly reference: string;
    };

type Day = Omit<ReceiptDay, "how"> & { readonly how: TeamCostHow | null };

/** How one line of a team's cost comes about. */
export type TeamCostReceipt = {
  readonly line: LineName;
  /** The names of its charge or shared cost. */
  readonly about: string | null;
  readonly timeZone: string;
  readonly days: readonly Day[];
  /** The sum of the days: the line as `teamCosts` tells it. */
  readonly total: Costs;
};

const MOST_DAYS = 400;

/**
 * The receipt of one line of a team's cost, day by day.
 *
 * @throws {AppError} "not_found" for a team that the viewer does not see,
 *   "invalid" unless the period is of whole days, at most 400.
 */
export async function teamCostReceipt(
  sql: SqlClient,
  scope: ReadScope,
  line: LineName,
  query: { readonly from: Date; readonly to: Date },
): Promise<TeamCostReceipt> {
  const visible = teamsOf(scope);
  if (visible !== "all" && !visible.includes(line.team)) {
    throw new AppError(because("unknown_team"), { code: "not_found" });
  }
  return readOnly(sql, async (tx) => {
    const timeZone = await organizationZone(tx);
    const period = daysOf(query, timeZone);
    if (period.to - period.from > MOST_DAYS) {
      throw new AppError(because("receipt_days", { days: MOST_DAYS }), { code: "invalid" });
    }
    const book = await readCostBook(tx);
    const days =
      line.kind === "adjustment"
        ? await adjustmentDays(tx, period, line)
        : lineReceipt(await readCostInputs(tx, period, timeZone, book), line);
    const named = [...book.charges, ...book.pools].find(({ id }) =>
      [line.charge, line.pool].includes(id),
    );
    const total = days.reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS);
    return { line, about: named?.name ?? null, timeZone, days, total };
  });
}

/** What was booked beside the ledger has no sum: each entry stands by itself, with its reason. */
async function adjustmentDays(sql: SqlClient, period: DayPeriod, name: LineName): Promise<Day[]> {
  const lines = await adjustmentLines(sql, period);
  return lines
    .filter((entry) => isOf(entry, name))
    .map(({ day, costs, entry: { reason, note, reference } }) => ({
      ...{ day, costs },
      how: { by: "adjustment" as const, reason, note, reference },
    }));
}
