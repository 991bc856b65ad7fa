import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Count } from "#app/_components/count.tsx";
import { AmountAtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { ReportingRates } from "#app/_reporting/reporting-rates.ts";
import type { SessionTree } from "#lib/reports/session-tree.ts";
import { totalTokens } from "#lib/usage/tokens.ts";

/** What the session comes to. */
export function SessionTotals({
  tree: { total, lastAt },
  reporting,
}: {
  readonly tree: SessionTree;
  readonly reporting: ReportingRates | null;
}) {
  const rate = reporting?.at(lastAt) ?? null;
  const t = useTranslations("Sessions");
  const figures: readonly (readonly [name: string, figure: ReactNode])[] = [
    [
      "spend",
      <AmountAtRate key="spend" usd={total.cost} unpricedCalls={total.unpricedCalls} rate={rate} />,
    ],
    ["modelCalls", <Count key="modelCalls" value={total.modelCalls} />],
    ["toolCalls", <Count key="toolCalls" value={total.toolCalls} />],
    ["tokens", <Count key="tokens" value={totalTokens(total.tokens)} short />],
    ["errors", <Count key="errors" value={total.errors} />],
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line *:bg-surface sm:grid-cols-5">
      {figures.map(([name, figure]) => (
        <div key={name} className="px-4 py-3.5 first:max-sm:col-span-2">
          <dt className="text-muted">{t(name)}</dt>
          <dd className="mt-1 font-semibold text-figure tracking-tight">{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
