import Link from "next/link";
import { useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { ImportOverlap } from "#lib/reports/import-overlaps.ts";
import { QualityCsv } from "./quality-csv.tsx";

/** Models that an import and telemetry tell of on the same days: perhaps billed twice. */
export function OverlapPanel({
  overlaps,
  query,
}: {
  readonly overlaps: readonly ImportOverlap[];
  readonly query: PageQuery;
}) {
  const t = useTranslations("Quality");
  const { period, costBasis } = query;
  return (
    <Panel
      title={t("overlaps")}
      note={t("overlapsNote")}
      actions={
        <QualityCsv table="overlaps" period={period} costBasis={costBasis} what={t("overlaps")} />
      }
    >
      <Table caption={t("overlaps")}>
        <thead>
          <tr>
            <HeadCell>{t("model")}</HeadCell>
            <HeadCell numeric>{t("days")}</HeadCell>
            <HeadCell numeric>{t("importedCalls")}</HeadCell>
            <HeadCell numeric>{t("importedCost")}</HeadCell>
            <HeadCell numeric>{t("telemetryCalls")}</HeadCell>
            <HeadCell numeric>{t("telemetryCost")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {overlaps.map(({ provider, model, days, imported, telemetry }) => (
            <Row key={`${provider} ${model}`}>
              <RowHead>
                <Link
                  href={pageHref("/events", { ...query, filters: { model: [model] } })}
                  className="underline-offset-2 hover:underline"
                >
                  {model ?? t("unknown")}
                </Link>{" "}
                <span className="text-muted text-xs">{provider ?? t("unknown")}</span>
              </RowHead>
              <Cell numeric>
                <Count value={days} />
              </Cell>
              <Cell numeric>
                <Count value={imported.calls} />
              </Cell>
              <Cell numeric>
                <Amount usd={imported.cost} compact />
              </Cell>
              <Cell numeric>
                <Count value={telemetry.calls} />
              </Cell>
              <Cell numeric>
                <Amount usd={telemetry.cost} compact />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
