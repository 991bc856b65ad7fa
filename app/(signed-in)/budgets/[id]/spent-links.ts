import type { Filters } from "#app/_query/filters.ts";
import { filterPairs, MOST_VALUES } from "#app/_query/filters.ts";
import { costPairs, daysPairs, hrefWith } from "#app/_query/links.ts";
import type { BudgetDetail } from "#lib/budget-control/read-budgets.ts";
import { TOKENS } from "#lib/budgets/amount.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { civilDayAt, dayText } from "#lib/time/civil-day.ts";
import type { Span } from "#lib/time/fiscal.ts";

type Question = Pick<BudgetDetail, "status" | "filters" | "timeZone">;

/** The receipt of what a budget spent in a period; null where no question to usage is as narrow. */
export function spentReceiptHref(
  { status: { budget }, filters, timeZone }: Question,
  { start, end }: Span,
): string | null {
  if (filters === null || (filters.team ?? []).length > MOST_VALUES) return null;
  const dayOf = (ms: number) => dayText(civilDayAt(ms, timeZone));
  return hrefWith("/explore/receipt", [
    ...daysPairs(dayOf(start), dayOf(end - 1)),
    ...filterPairs(filters as Filters),
    ...costPairs(budget.costBasis),
  ]);
}

/** The days of the running period as a file, in the budget's currency: they add up to what is spent. */
export function spentDaysHref({ status, filters, timeZone }: Question): string | null {
  if (filters === null) return null;
  const { budget, period } = status;
  return hrefWith("/api/v1/usage.csv", [
    ["from", new Date(period.start).toISOString()],
    ["to", new Date(period.end).toISOString()],
    ["tz", timeZone],
    ["bucket", "day"],
    ["cost", budget.costBasis],
    ...([TOKENS, CURRENCY].includes(budget.unit)
      ? []
      : [["currency", budget.unit] as [string, string]]),
    ...filterPairs(filters as Filters),
  ]);
}
