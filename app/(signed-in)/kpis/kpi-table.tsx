import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import {
  KPI_NAMES,
  KPIS,
  type KpiName,
  kpiValue,
  type Ratio,
  unpricedCalls,
} from "#lib/kpis/kpi.ts";
import type { MonthKpis } from "#lib/kpis/read-kpis.ts";
import { parseUsd } from "#lib/money/money.ts";
import { formatKpi, formatKpiTerm } from "./format-kpi.ts";
import { sidesOf } from "./kpi-sides.ts";
import { monthHref } from "./month-href.ts";

/** Each figure with what it means, how it was worked out, and the way to what is behind it. */
export function KpiTable({
  shown,
  before,
  rateOf,
}: {
  readonly shown: MonthKpis;
  readonly before: MonthKpis;
  /** Of a month, into the reporting currency. */
  readonly rateOf: (month: string) => UsedRate | null;
}) {
  const t = useTranslations("Kpis");
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("figure")}</HeadCell>
          <HeadCell className="hidden md:table-cell">{t("formula")}</HeadCell>
          <HeadCell numeric>{t("month")}</HeadCell>
          <HeadCell numeric>{t("before")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {KPI_NAMES.map((name) => (
          <Row key={name}>
            <RowHead className="py-2.5">
              <span className="font-medium">{t(`names.${name}`)}</span>
              <p className="mt-0.5 max-w-96 text-muted text-xs">{t(`meaning.${name}`)}</p>
              <div className="mt-1 md:hidden">
                <p className="max-w-96 text-xs">{t(`formulas.${name}`)}</p>
                <Division name={name} of={shown} />
              </div>
            </RowHead>
            <Cell className="hidden md:table-cell">
              <p>{t(`formulas.${name}`)}</p>
              <Division name={name} of={shown} />
            </Cell>
            <Cell numeric className="font-semibold">
              <Figure name={name} ratio={shown.kpis[name]} rate={rateOf(shown.month)} />
            </Cell>
            <Cell numeric className="text-muted">
              <FigureLink href={before.kpis[name] === null ? null : monthHref(before.month)}>
                <Figure name={name} ratio={before.kpis[name]} rate={rateOf(before.month)} />
              </FigureLink>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Figure({
  name,
  ratio,
  rate,
}: {
  readonly name: KpiName;
  readonly ratio: Ratio | null;
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Kpis");
  const locale = useLocale();
  if (ratio !== null) {
    const isMoney = KPIS[name].unit === "usd";
    return (
      <>
        {formatKpi(name, ratio, locale)}
        {isMoney && <AtRate usd={parseUsd(kpiValue(name, ratio))} rate={rate} />}
      </>
    );
  }
  return (
    <span className="text-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">{t("unknown")}</span>
    </span>
  );
}

/** Divided by the cost of all calls of the month. */
const OF_ALL_USAGE: ReadonlySet<KpiName> = new Set(["allocation_coverage", "realised_price_index"]);

/** The numbers in the formula's places; each opens what is behind it. */
function Division({ name, of }: { readonly name: KpiName; readonly of: MonthKpis }) {
  const t = useTranslations("Kpis");
  const tAmount = useTranslations("Amount");
  const { kpis } = of;
  const ratio = kpis[name];
  const unpriced = OF_ALL_USAGE.has(name) ? unpricedCalls(kpis) : 0;
  const locale = useLocale();
  const [numerator, denominator] = sidesOf(name, of);
  return (
    <p className="figures mt-0.5 text-muted text-xs">
      {ratio === null ? (
        t(`missing.${name}`)
      ) : (
        <>
          <Link href={numerator} className="underline-offset-2 hover:underline">
            {formatKpiTerm(name, "numerator", ratio, locale)}
          </Link>
          {" ÷ "}
          <Link href={denominator} className="underline-offset-2 hover:underline">
            {formatKpiTerm(name, "denominator", ratio, locale)}
          </Link>
          {unpriced > 0 && (
            <span className="text-warn"> {tAmount("plusUnpriced", { count: unpriced })}</span>
          )}
        </>
      )}
    </p>
  );
}
