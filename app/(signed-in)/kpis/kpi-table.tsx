import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { KPI_NAMES, type KpiName, type Ratio } from "#lib/kpis/kpi.ts";
import type { MonthKpis } from "#lib/kpis/read-kpis.ts";
import { formatKpi, formatKpiTerm } from "./format-kpi.ts";

/** Each figure with what it means, how it was worked out, and the way to what is behind it. */
export function KpiTable({
  shown,
  before,
}: {
  readonly shown: MonthKpis;
  readonly before: MonthKpis;
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
              <Link href={hrefOf(name, shown.month)} className="font-medium hover:underline">
                {t(`names.${name}`)}
              </Link>
              <p className="mt-0.5 max-w-96 text-muted text-xs">{t(`meaning.${name}`)}</p>
            </RowHead>
            <Cell className="hidden md:table-cell">
              <p className="text-muted">{t(`formulas.${name}`)}</p>
              <Division name={name} ratio={shown.kpis[name]} />
            </Cell>
            <Cell numeric className="font-semibold">
              <Figure name={name} ratio={shown.kpis[name]} />
            </Cell>
            <Cell numeric className="text-muted">
              <Figure name={name} ratio={before.kpis[name]} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Figure({ name, ratio }: { readonly name: KpiName; readonly ratio: Ratio | null }) {
  const t = useTranslations("Kpis");
  const locale = useLocale();
  if (ratio !== null) return formatKpi(name, ratio, locale);
  return (
    <span className="text-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">{t("unknown")}</span>
    </span>
  );
}

/** The numbers in the formula's places. */
function Division({ name, ratio }: { readonly name: KpiName; readonly ratio: Ratio | null }) {
  const t = useTranslations("Kpis");
  const locale = useLocale();
  return (
    <p className="figures mt-0.5 text-faint text-xs">
      {ratio === null
        ? t(`missing.${name}`)
        : `${formatKpiTerm(name, "numerator", ratio, locale)} ÷ ${formatKpiTerm(name, "denominator", ratio, locale)}`}
    </p>
  );
}

function hrefOf(name: KpiName, month: string): string {
  switch (name) {
    case "allocation_coverage":
    case "realised_price_index":
      return `/statements?month=${month}`;
    case "pricing_coverage":
      return "/unpriced";
    case "reconciliation_gap":
      return "/reconciliation";
    case "budget_variance":
      return "/budgets";
    case "forecast_error":
      return "/forecasts";
    case "cost_per_developer_day":
    case "seat_utilisation":
      return "/plan-or-pay";
  }
}
