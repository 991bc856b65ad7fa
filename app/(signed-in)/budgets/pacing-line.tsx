import { useLocale, useTranslations } from "next-intl";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import type { BudgetStatus } from "#lib/budgets/status.ts";

/** How the limit of each day or week stands today; nothing where there is none. */
export function PacingLine({ status: { budget, pacing } }: { readonly status: BudgetStatus }) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  if (pacing === null || budget.pacing === null) return null;
  const amount = (value: typeof pacing.spent) => formatBudgetAmount(value, budget.unit, locale);
  return (
    <p className={`figures text-xs ${pacing.spent >= pacing.limit ? "text-danger" : "text-muted"}`}>
      {t(`pacingNow.${budget.pacing.unit}`, {
        spent: amount(pacing.spent),
        limit: amount(pacing.limit),
      })}
    </p>
  );
}
