import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Count } from "#app/_components/count.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { costPairs, daysPairs, hrefWith } from "#app/_query/links.ts";
import { AmountAtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { ReportingRates } from "#app/_reporting/reporting-rates.ts";
import type { SessionTree } from "#lib/reports/session-tree.ts";
import type { CostBasis, Dimension } from "#lib/reports/usage-query.ts";
import { localDay } from "#lib/time/calendar.ts";
import { totalTokens } from "#lib/usage/tokens.ts";
import { countPairs } from "../../explore/explore-pairs.ts";
import type { Measure } from "../../explore/measures.ts";

/** What the session comes to. */
export function SessionTotals({
  tree: { session, total, firstAt, lastAt },
  costBasis,
  timeZone,
  reporting,
}: {
  readonly tree: SessionTree;
  readonly costBasis: CostBasis;
  readonly timeZone: string;
  readonly reporting: ReportingRates | null;
}) {
  const rate = reporting?.at(lastAt) ?? null;
  const t = useTranslations("Sessions");
  const dayOf = (moment: Date) => localDay(moment.getTime(), timeZone);
  const asked: [string, string][] = [
    ...daysPairs(dayOf(firstAt), dayOf(lastAt)),
    ["filter.session", session],
    ...costPairs(costBasis),
  ];
  const count = (measure: Measure, by: Dimension, figure: ReactNode) => (
    <FigureLink key={measure} href={hrefWith("/explore", [...asked, ...countPairs(measure, by)])}>
      {figure}
    </FigureLink>
  );
  const figures: readonly (readonly [name: string, figure: ReactNode])[] = [
    [
      "spend",
      <FigureLink key="spend" href={hrefWith("/events", asked)}>
        <AmountAtRate usd={total.cost} unpricedCalls={total.unpricedCalls} rate={rate} />
      </FigureLink>,
    ],
    ["modelCalls", count("model_calls", "model", <Count value={total.modelCalls} />)],
    ["toolCalls", count("tool_calls", "tool", <Count value={total.toolCalls} />)],
    ["tokens", count("tokens", "model", <Count value={totalTokens(total.tokens)} short />)],
    ["errors", count("errors", "kind", <Count value={total.errors} />)],
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
