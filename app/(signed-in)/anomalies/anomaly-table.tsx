import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { AmountAtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { ReportingRates } from "#app/_reporting/reporting-rates.ts";
import type { Anomaly } from "#lib/anomaly-control/anomaly.ts";
import { AnomalySentence } from "./sentence.tsx";
import { StateBadge } from "./state-badge.tsx";

/** One line for each thing that happened. */
export function AnomalyTable({
  anomalies,
  timeZone,
  reporting,
}: {
  readonly anomalies: readonly Anomaly[];
  readonly timeZone: string;
  readonly reporting: ReportingRates | null;
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
                prefetch={false}
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
            {(["expected", "actual", "impact"] as const).map((name) => (
              <Cell key={name} numeric className={name === "impact" ? "font-medium" : ""}>
                <AmountAtRate
                  usd={anomaly[name]}
                  rate={reporting?.at(new Date(anomaly.endsAt.getTime() - 1)) ?? null}
                />
              </Cell>
            ))}
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
