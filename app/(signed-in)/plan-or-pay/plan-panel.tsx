import { useLocale, useTranslations } from "next-intl";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Empty, Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatUsd } from "#app/_format/format-usd.ts";
import type { Period } from "#app/_period/period.ts";
import { AmountAtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { Viewer } from "#lib/access/viewer.ts";
import { maySeePerson } from "#lib/cost-book/seen-by.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { addUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { type PlanFigures, savedBy } from "#lib/reports/plan-or-pay.ts";
import { planCostHref, planWorthHref } from "./plan-links.ts";

/** Each seat and subscription against the same usage by the API. */
export function PlanPanel({
  plans,
  uncovered,
  viewer,
  rate,
  period,
  csvHref,
}: {
  readonly plans: readonly PlanFigures[];
  readonly uncovered: Usd;
  readonly viewer: Viewer;
  readonly period: Period;
  readonly rate: UsedRate | null;
  readonly csvHref: string;
}) {
  const t = useTranslations("PlanOrPay");
  const locale = useLocale();
  const idle = plans.reduce((all, plan) => all + plan.idle, 0);
  const idleCost = plans.reduce((all, plan) => addUsd(all, idleCostOf(plan)), ZERO_USD);
  return (
    <>
      {uncovered > 0n && (
        <Notice tone="warn" title={t("uncovered", { amount: formatUsd(uncovered, locale) })} />
      )}
      <Panel
        title={t("plans")}
        actions={<CsvLink href={csvHref} what={t("plans")} />}
        note={
          plans.length > 0 && t("idleSum", { count: idle, amount: formatUsd(idleCost, locale) })
        }
      >
        {plans.length === 0 ? (
          <Empty title={t("none")}>{t("noneHint")}</Empty>
        ) : (
          <Table caption={t("plans")}>
            <thead>
              <tr>
                <HeadCell>{t("plan")}</HeadCell>
                <HeadCell>{t("team")}</HeadCell>
                <HeadCell numeric>{t("seats")}</HeadCell>
                <HeadCell numeric>{t("idle")}</HeadCell>
                <HeadCell numeric>{t("cost")}</HeadCell>
                <HeadCell numeric>{t("apiCost")}</HeadCell>
                <HeadCell numeric>{t("saved")}</HeadCell>
                <HeadCell numeric title={t("breakEvenHint")}>
                  {t("breakEven")}
                </HeadCell>
                <HeadCell>{t("verdict")}</HeadCell>
              </tr>
            </thead>
            <tbody>
              {plans.map((plan) => (
                <PlanRow
                  key={plan.charge.version}
                  plan={plan}
                  viewer={viewer}
                  rate={rate}
                  period={period}
                />
              ))}
            </tbody>
          </Table>
        )}
      </Panel>
    </>
  );
}

function PlanRow({
  plan,
  viewer,
  rate,
  period,
}: {
  readonly plan: PlanFigures;
  readonly viewer: Viewer;
  readonly period: Period;
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("PlanOrPay");
  const { charge, used, idle, cost, apiCost, breakEven } = plan;
  const saved = savedBy(plan);
  const verdict = used === 0 ? "idle" : saved >= 0n ? "plan" : "api";
  const person = maySeePerson(viewer, charge.team) ? charge.person : null;
  return (
    <Row>
      <RowHead>
        {charge.name}
        {person !== null && <span className="ml-2 text-muted">{person}</span>}
      </RowHead>
      <Cell>{charge.team ?? "–"}</Cell>
      <Cell numeric>{charge.quantity}</Cell>
      <Cell numeric className={idle > 0 ? "text-warn" : "text-faint"}>
        {idle}
      </Cell>
      <Cell numeric>
        <FigureLink href={planCostHref(charge, period)}>
          <AmountAtRate usd={cost} rate={rate} />
        </FigureLink>
      </Cell>
      <Cell numeric>
        <FigureLink href={planWorthHref({ ...charge, person }, period)}>
          <AmountAtRate usd={apiCost} rate={rate} />
        </FigureLink>
      </Cell>
      <Cell numeric>
        <AmountAtRate usd={saved} rate={rate} />
      </Cell>
      <Cell numeric>
        <AmountAtRate usd={breakEven} rate={rate} />
      </Cell>
      <Cell className={verdict === "plan" ? "" : "text-warn"}>{t(`verdicts.${verdict}`)}</Cell>
    </Row>
  );
}

function idleCostOf({ cost, idle, charge }: PlanFigures): Usd {
  return ((cost * BigInt(idle)) / BigInt(charge.quantity)) as Usd;
}
