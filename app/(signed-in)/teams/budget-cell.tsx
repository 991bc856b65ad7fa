import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import type { BudgetStatus } from "#lib/budgets/status.ts";
import { BudgetBar } from "../budgets/budget-bar.tsx";

/** How much of a budget is spent, as a bar and in words; opens the budget. */
export function BudgetCell({ status }: { readonly status: BudgetStatus | null }) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  if (status === null) return <span className="text-faint">–</span>;
  const { budget, spent, limit } = status;
  return (
    <Link href={`/budgets/${budget.id}`} className="flex flex-col gap-1 py-1">
      <BudgetBar status={status} />
      <span className="figures text-muted text-xs">
        {t("spentOf", {
          spent: formatBudgetAmount(spent, budget.unit, locale),
          limit: formatBudgetAmount(limit.total, budget.unit, locale),
        })}
      </span>
    </Link>
  );
}
