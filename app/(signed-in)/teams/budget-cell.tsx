import Link from "next/link";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { BudgetStatus } from "#lib/budgets/status.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { CURRENCY, type Usd } from "#lib/money/money.ts";
import { BudgetBar } from "../budgets/budget-bar.tsx";
import { SpentOf } from "../budgets/spent-of.tsx";

/** How much of a budget is spent, as a bar and in words, with its name; opens the budget. */
export function BudgetCell({
  status,
  rate,
}: {
  readonly status: BudgetStatus | null;
  /** Of today, in the reporting currency. */
  readonly rate: UsedRate | null;
}) {
  if (status === null) return <span className="text-faint">–</span>;
  const { budget, spent, limit } = status;
  return (
    <Link href={`/budgets/${budget.id}`} className="group flex flex-col gap-1 py-1">
      <BudgetBar status={status} />
      <span className="figures text-muted text-xs">
        <SpentOf spent={spent} limit={limit.total} unit={budget.unit} />
        {" · "}
        <span className="break-words group-hover:underline">{budget.name}</span>
        {budget.unit === CURRENCY && <AtRate usd={spent as bigint as Usd} rate={rate} />}
      </span>
    </Link>
  );
}
