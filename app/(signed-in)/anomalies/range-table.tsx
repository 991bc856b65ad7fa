import { useLocale, useTranslations } from "next-intl";
import { PanelDetails } from "#app/_components/panel-details.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatUsdTick } from "#app/_format/format-usd.ts";
import type { RangePoint } from "./range-chart.tsx";

/** The figures of the chart, the latest first. */
export function RangeTable({ points }: { readonly points: readonly RangePoint[] }) {
  const t = useTranslations("Anomalies");
  const locale = useLocale();
  if (points.length === 0) return null;
  return (
    <PanelDetails summary={t("asTable")} isQuiet>
      <Table caption={t("series")}>
        <thead>
          <tr>
            <HeadCell>{t("time")}</HeadCell>
            <HeadCell numeric>{t("actual")}</HeadCell>
            <HeadCell numeric>{t("expected")}</HeadCell>
            <HeadCell>{t("odd")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map(({ label, actual, range, isOdd }) => (
            <Row key={label}>
              <RowHead className="whitespace-nowrap">{label}</RowHead>
              <Cell numeric>{actual === null ? "–" : formatUsdTick(actual, locale)}</Cell>
              <Cell numeric className="text-muted">
                {range === null ? "–" : range.map((end) => formatUsdTick(end, locale)).join(" – ")}
              </Cell>
              <Cell>{isOdd && t("isOdd")}</Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </PanelDetails>
  );
}
