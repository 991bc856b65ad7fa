import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Count } from "#app/_components/count.tsx";
import { AmountAtRate, AtRate, RateNote } from "#app/_reporting/amount-at-rate.tsx";
import type { ReportingRates } from "#app/_reporting/reporting-rates.ts";
import type { ChangeSums } from "#lib/history-runs/change.ts";
import { differenceOf } from "#lib/history-runs/summarise.ts";
import type { Usd } from "#lib/money/money.ts";
import { Difference } from "./difference.tsx";

/** What a change of history comes to, in one line of figures. */
export function ChangeTotals({
  sums,
  reporting,
}: {
  readonly sums: ChangeSums;
  /** Null while the reporting currency is the ledger's. */
  readonly reporting: ReportingRates | null;
}) {
  const t = useTranslations("History");
  const rate =
    reporting === null ? null : reporting.rates.on(reporting.currency, reporting.lastDay);
  const difference = differenceOf(sums) as Usd;
  return (
    <>
      <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-4">
        <Figure name={t("difference")}>
          <Difference usd={difference} />
          <AtRate usd={difference} rate={rate} />
        </Figure>
        <Figure name={t("calls")}>
          <Count value={sums.calls} />
        </Figure>
        <Figure name={t("before")}>
          <AmountAtRate usd={sums.oldCost} rate={rate} />
        </Figure>
        <Figure name={t("after")}>
          <AmountAtRate usd={sums.newCost} rate={rate} />
        </Figure>
      </dl>
      {reporting !== null && (
        <div className="border-line border-t px-4 py-2">
          <RateNote of="period" reporting={reporting} />
        </div>
      )}
    </>
  );
}

function Figure({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="bg-surface px-4 py-3">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-semibold text-lg">{children}</dd>
    </div>
  );
}
