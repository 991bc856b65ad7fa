import { useTranslations } from "next-intl";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { AmountAtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { Explanation } from "#lib/anomaly-control/explanation.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { FigureLinks } from "./figure-links.ts";

/** The parts of a change, and what Explore is asked for to see each. */
const PARTS = [
  ["volume", [["measure", "model_calls"]]],
  ["intensity", [["measure", "tokens"]]],
  ["mix", [["by", "model"]]],
  ["price", [["by", "model"]]],
] as const satisfies readonly (readonly [string, readonly [string, string][]])[];

/** The change by why: more calls, more tokens a call, other models, other prices. */
export function SplitPanel({
  split,
  links,
  rate,
}: {
  readonly split: NonNullable<Explanation["split"]>;
  readonly links: FigureLinks;
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Anomalies");
  return (
    <Panel title={t("split")} note={t("splitNote")}>
      <dl className="grid grid-cols-2 gap-4 p-4 sm:grid-cols-5">
        {PARTS.map(([part, asked]) => (
          <div key={part}>
            <dt className="text-muted text-xs">{t(`splits.${part}`)}</dt>
            <dd className="font-medium">
              <FigureLink href={links.compared({}, asked)}>
                <AmountAtRate usd={parseUsd(split[part])} rate={rate} />
              </FigureLink>
            </dd>
          </div>
        ))}
        <div>
          <dt className="text-muted text-xs">{t("change")}</dt>
          <dd className="font-medium">
            <FigureLink href={links.compared()}>
              <AmountAtRate usd={parseUsd(split.change)} rate={rate} />
            </FigureLink>
          </dd>
        </div>
      </dl>
    </Panel>
  );
}
