import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import type { ChangeSums } from "#lib/history-runs/change.ts";
import { differenceOf } from "#lib/history-runs/summarise.ts";
import type { Usd } from "#lib/money/money.ts";
import { Difference } from "./difference.tsx";

/** What a change of history comes to, in one line of figures. */
export function ChangeTotals({ sums }: { readonly sums: ChangeSums }) {
  const t = useTranslations("History");
  return (
    <dl className="grid grid-cols-2 gap-px bg-line sm:grid-cols-4">
      <Figure name={t("difference")}>
        <Difference usd={differenceOf(sums) as Usd} />
      </Figure>
      <Figure name={t("calls")}>
        <Count value={sums.calls} />
      </Figure>
      <Figure name={t("before")}>
        <Amount usd={sums.oldCost} />
      </Figure>
      <Figure name={t("after")}>
        <Amount usd={sums.newCost} />
      </Figure>
    </dl>
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
