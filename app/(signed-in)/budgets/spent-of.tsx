import { useLocale, useTranslations } from "next-intl";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { type Amount, TOKENS } from "#lib/budgets/amount.ts";

/** "$4.01 of $5.00", or "12K of 20K tokens". */
export function SpentOf({
  spent,
  limit,
  unit,
}: {
  readonly spent: Amount;
  readonly limit: Amount;
  readonly unit: string;
}) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const amounts = {
    spent: formatBudgetAmount(spent, unit, locale),
    limit: formatBudgetAmount(limit, unit, locale),
  };
  return <>{t(unit === TOKENS ? "spentOfTokens" : "spentOf", amounts)}</>;
}
