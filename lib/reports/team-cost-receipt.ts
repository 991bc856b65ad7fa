import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import { addCosts, type Costs, NO_COSTS } from "#lib/cost-model/costs.ts";
import { type LineName, lineReceipt, type ReceiptDay } from "#lib/cost-model/line-receipt.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { readCostBook, readCostInputs } from "./cost-inputs.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import { daysOf } from "./team-costs.ts";

/** How one line of a team's cost comes about. */
export type TeamCostReceipt = {
  readonly line: LineName;
  /** The names of its charge or shared cost. */
  readonly about: string | null;
  readonly timeZone: string;
  readonly days: readonly ReceiptDay[];
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
    throw new AppError("There is no such team", { code: "not_found" });
  }
  return readOnly(sql, async (tx) => {
    const timeZone = await organizationZone(tx);
    const period = daysOf(query, timeZone);
    if (period.to - period.from > MOST_DAYS) {
      throw new AppError(`A receipt is of at most ${MOST_DAYS} days`, { code: "invalid" });
    }
    const book = await readCostBook(tx);
    const inputs = await readCostInputs(tx, period, timeZone, book);
    const days = lineReceipt(inputs, line);
    const named = [...book.charges, ...book.pools].find(({ id }) =>
      [line.charge, line.pool].includes(id),
    );
    const total = days.reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS);
    return { line, about: named?.name ?? null, timeZone, days, total };
  });
}
