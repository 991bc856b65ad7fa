import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { Anomaly } from "#lib/anomaly-control/anomaly.ts";
import { AnomalySentence } from "./sentence.tsx";
import { StateBadge } from "./state-badge.tsx";

/** One line for each thing that happened. */
export function AnomalyTable({
  anomalies,
  timeZone,
}: {
  readonly anomalies: readonly Anomaly[];
  readonly timeZone: string;
}) {
  const t = useTranslations("Anomalies");
  const locale = useLocale();
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("happened")}</HeadCell>
          <HeadCell>{t("since")}</HeadCell>
          <HeadCell numeric>{t("expected")}</HeadCell>
          <HeadCell numeric>{t("actual")}</HeadCell>
          <HeadCell numeric>{t("impact")}</HeadCell>
          <HeadCell>{t("state")}</HeadCell>
          <HeadCell>{t("owner")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {anomalies.map((anomaly) => (
          <Row key={anomaly.id}>
            <RowHead className="min-w-64 py-2">
              <Link
                href={`/anomalies/${anomaly.id}`}
                className="font-medium underline-offset-2 hover:underline"
              >
                <AnomalySentence anomaly={anomaly} />
              </Link>
              <p className="text-muted text-xs">
                {t(`kinds.${anomaly.kind}`)}
                {anomaly.isPart && ` · ${t("part")}`}
                {!anomaly.isNotable && ` · ${t("quiet")}`}
              </p>
            </RowHead>
            <Cell className="whitespace-nowrap text-muted">
              {formatMoment(anomaly.startsAt, locale, timeZone)}
            </Cell>
            <Cell numeric>
              <Amount usd={anomaly.expected} />
            </Cell>
            <Cell numeric>
              <Amount usd={anomaly.actual} />
            </Cell>
            <Cell numeric className="font-medium">
              <Amount usd={anomaly.impact} />
            </Cell>
            <Cell>
              <StateBadge state={anomaly.state} />
            </Cell>
            <Cell className="text-muted">{anomaly.owner ?? "–"}</Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
