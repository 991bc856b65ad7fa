import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import type { RecordedCharge } from "#lib/cost-book/charge-store.ts";
import type { RecordedPool } from "#lib/cost-book/pool-store.ts";
import type { RecordedModel } from "#lib/cost-book/team-model-store.ts";
import type { Believed, OwnRate } from "#lib/price-book/own-rate.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { dayOfRate, priceText } from "./contract-text.ts";
import { fundingText } from "./funding-text.ts";
import { markupText } from "./markup-text.ts";
import type { PanelInput } from "./panel-input.ts";

type Version = Believed & {
  readonly key: string;
  readonly what: "contracts" | "model1" | "charges" | "pools";
  readonly content: string;
  /** The first day; null for always. */
  readonly from: string | null;
};

const MOST = 100;

/** Every version that was ever believed of the team's model, the latest first. */
export function HistoryPanel({
  team,
  timeZone,
  models,
  charges,
  pools,
  rates,
}: PanelInput & {
  readonly models: readonly RecordedModel[];
  readonly charges: readonly RecordedCharge[];
  /** Of the organisation; shown on its page only. */
  readonly pools: readonly RecordedPool[];
  readonly rates: readonly OwnRate[];
}) {
  const t = useTranslations("CostModels");
  const locale = useLocale();
  const minute = (at: Date | null) => at?.toISOString().slice(0, 16).replace("T", " ") ?? "";
  const versions: Version[] = [
    ...rates
      .filter((rate) => rate.kind === "contract" && rate.team === team)
      .map((rate) => ({
        ...believedOf(rate),
        ...{ key: rate.id, what: "contracts" as const, from: dayOfRate(rate, timeZone) },
        content: [rate.provider, rate.model, rate.unit, priceText(rate)].filter(Boolean).join(" "),
      })),
    ...models
      .filter((model) => model.team === team)
      .map((model) => ({
        ...believedOf(model),
        ...{ key: model.id, what: "model1" as const },
        from: model.effectiveFrom === null ? null : dayText(model.effectiveFrom),
        content: [
          `${t("markup")} ${markupText(model.markup)}`,
          ...model.funding.map((rule) => fundingText(rule, t)),
          model.headcount === null ? "" : `${t("headcount")} ${model.headcount}`,
          model.note,
        ]
          .filter((part) => part !== "")
          .join(" · "),
      })),
    ...charges
      .filter((charge) => charge.team === team)
      .map((charge) => ({
        ...believedOf(charge),
        ...{ key: charge.version, what: "charges" as const, from: dayText(charge.startsOn) },
        content: [
          `${charge.name}: ${charge.quantity} × ${formatUsdExact(charge.amount, locale)}`,
          t(`recurrences.${charge.recurrence}`),
          charge.endsOn === null ? "" : `${t("endsOn")} ${dayText(charge.endsOn)}`,
        ]
          .filter((part) => part !== "")
          .join(" · "),
      })),
    ...(team === null ? pools : []).map((pool) => ({
      ...believedOf(pool),
      ...{ key: pool.version, what: "pools" as const },
      from: pool.effectiveFrom === null ? null : dayText(pool.effectiveFrom),
      content: `${pool.name}: ${t(`methods.${pool.method}`)}`,
    })),
  ].toSorted((a, b) => b.recordedAt.getTime() - a.recordedAt.getTime());
  return (
    <Panel title={t("history")} note={t("historyNote")}>
      {versions.length === 0 ? (
        <Empty title={t("noHistory")} />
      ) : (
        <Table caption={t("history")}>
          <thead>
            <tr>
              <HeadCell>{t("recorded")}</HeadCell>
              <HeadCell>{t("by")}</HeadCell>
              <HeadCell>{t("what")}</HeadCell>
              <HeadCell>{t("content")}</HeadCell>
              <HeadCell>{t("effectiveFrom")}</HeadCell>
              <HeadCell>{t("believedUntil")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {versions.slice(0, MOST).map((version) => (
              <Row key={version.key} className={version.supersededAt === null ? "" : "text-muted"}>
                <RowHead className="figures whitespace-nowrap">
                  {minute(version.recordedAt)}
                </RowHead>
                <Cell>{version.recordedBy}</Cell>
                <Cell>{t(version.what)}</Cell>
                <Cell>{version.content}</Cell>
                <Cell className="figures whitespace-nowrap">{version.from ?? t("always")}</Cell>
                <Cell className="figures whitespace-nowrap">
                  {version.supersededAt === null
                    ? t("believed")
                    : `${minute(version.supersededAt)} ${version.supersededBy ?? ""}`}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

function believedOf({ recordedAt, recordedBy, supersededAt, supersededBy }: Believed): Believed {
  return { recordedAt, recordedBy, supersededAt, supersededBy };
}
