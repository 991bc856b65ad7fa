import { useLocale } from "next-intl";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import { type Amount, printAmount } from "#lib/budgets/amount.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { CURRENCY, type Usd } from "#lib/money/money.ts";

/** An amount of a budget, all its digits a hover away; one in dollars also in the reporting currency. */
export function BudgetAmount({
  amount,
  unit,
  rate = null,
}: {
  readonly amount: Amount;
  readonly unit: string;
  readonly rate?: UsedRate | null;
}) {
  const locale = useLocale();
  return (
    <>
      <span className="figures whitespace-nowrap" title={`${printAmount(amount)} ${unit}`}>
        {formatBudgetAmount(amount, unit, locale)}
      </span>
      {unit === CURRENCY && <AtRate usd={amount as bigint as Usd} rate={rate} />}
    </>
  );
}
