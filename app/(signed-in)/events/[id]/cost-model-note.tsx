import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Facts } from "#app/_components/facts.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import type { Receipt } from "#lib/reports/receipt.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { markupText } from "../../cost-models/[team]/markup-text.ts";

/** What of the team's cost model is about the call: who pays, at which rates, and the markup. */
export function CostModelNote({ receipt }: { readonly receipt: Receipt }) {
  const t = useTranslations("CallCostModel");
  const sources = useTranslations("CostModels.sources");
  const locale = useLocale();
  const { event, teamModel, costModel } = receipt;
  const { funding, fundingBy, paidBy, markup, markupAmount, model } = teamModel;
  if (event.kind !== "model_call") return null;
  const said = fundingBy === null ? "" : `, ${t(`saidBy.${fundingBy}`)}`;
  const from = model?.effectiveFrom;
  return (
    <Panel
      title={t("costModel")}
      actions={
        event.team !== UNALLOCATED && (
          <Link
            href={`/cost-models/${encodeURIComponent(event.team)}`}
            className="rounded-md px-2 py-1 text-muted text-xs hover:bg-hover hover:text-text"
          >
            {t("openModel")}
          </Link>
        )
      }
    >
      <Facts
        facts={[
          [t("contractOrList"), t(`rates.${costModel}`)],
          [t("paysFor"), `${sources(funding)}${said}`],
          [
            t("paidFrom"),
            paidBy
              .map(({ name, sourceName }) => [name, sourceName].filter(Boolean).join(" – "))
              .join("; "),
          ],
          [
            t("markup"),
            markup === null || markupAmount === null
              ? null
              : t("markupOf", {
                  share: markupText(markup),
                  amount: formatUsdExact(markupAmount, locale),
                }),
          ],
          [t("modelFrom"), from == null ? null : dayText(from)],
          [t("modelBy"), model?.recordedBy],
        ]}
      />
    </Panel>
  );
}
