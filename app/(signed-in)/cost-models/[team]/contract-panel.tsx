import { useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { PanelDetails } from "#app/_components/panel-details.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { UnitName } from "#app/_components/unit-name.tsx";
import type { OwnRate } from "#lib/price-book/own-rate.ts";
import { ContractForm } from "../contract-form.tsx";
import { WithdrawButton } from "../withdraw-button.tsx";
import { dayOfRate, lastDayOfRate, priceText } from "./contract-text.ts";
import type { PanelInput } from "./panel-input.ts";

/** What the team pays providers by agreement; the price book holds the same rows. */
export function ContractPanel({
  slug,
  team,
  mayChange,
  timeZone,
  rates,
}: PanelInput & { readonly rates: readonly OwnRate[] }) {
  const t = useTranslations("CostModels");
  const believed = rates.filter(
    (rate) => rate.kind === "contract" && rate.team === team && rate.supersededAt === null,
  );
  return (
    <Panel title={t("contracts")} note={t("contractsNote")}>
      {believed.length === 0 ? (
        <Empty title={t(team === null ? "noContractsAll" : "noContracts")} />
      ) : (
        <Table caption={t("contracts")}>
          <thead>
            <tr>
              <HeadCell>{t("provider")}</HeadCell>
              <HeadCell>{t("model")}</HeadCell>
              <HeadCell>{t("unit")}</HeadCell>
              <HeadCell numeric>{t("agreed")}</HeadCell>
              <HeadCell>{t("days")}</HeadCell>
              <HeadCell>{t("source")}</HeadCell>
              <HeadCell>
                <span className="sr-only">{t("withdraw")}</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {believed.map((rate) => (
              <Row key={rate.id}>
                <RowHead>{rate.provider ?? t("anyProvider")}</RowHead>
                <Cell>{rate.model ?? t("anyModel")}</Cell>
                <Cell>
                  <UnitName unit={rate.unit} />
                </Cell>
                <Cell numeric>{priceText(rate)}</Cell>
                <Cell className="figures whitespace-nowrap">
                  {dayOfRate(rate, timeZone) ?? t("always")} –{" "}
                  {lastDayOfRate(rate, timeZone) ?? t("open")}
                </Cell>
                <Cell>{rate.source.name}</Cell>
                <Cell className="text-right">
                  {mayChange && (
                    <WithdrawButton what="contract" id={rate.id} name={priceText(rate)} />
                  )}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
      {mayChange && (
        <PanelDetails summary={t("addContract")}>
          <ContractForm team={slug} from="" />
        </PanelDetails>
      )}
    </Panel>
  );
}
