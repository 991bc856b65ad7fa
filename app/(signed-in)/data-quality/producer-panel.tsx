import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatBucket, formatHour } from "#app/_format/format-time.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Producer } from "#lib/reports/producers.ts";
import { QualityCsv } from "./quality-csv.tsx";

/** Who reported in the period, the longest silent first: an agent that stopped may be broken or just idle. */
export function ProducerPanel({
  producers,
  query,
}: {
  readonly producers: readonly Producer[];
  readonly query: PageQuery;
}) {
  const t = useTranslations("Quality");
  const locale = useLocale();
  const { period } = query;
  return (
    <Panel
      title={t("producers")}
      note={t("producersNote")}
      actions={<QualityCsv table="producers" period={query.period} what={t("producers")} />}
    >
      {producers.length === 0 ? (
        <Empty title={t("noProducers")} />
      ) : (
        <Table caption={t("producers")}>
          <thead>
            <tr>
              <HeadCell>{t("service")}</HeadCell>
              <HeadCell>{t("dialect")}</HeadCell>
              <HeadCell numeric>{t("modelCalls")}</HeadCell>
              <HeadCell numeric className="hidden sm:table-cell">
                {t("toolCalls")}
              </HeadCell>
              <HeadCell numeric>{t("lastSeen")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {producers.map(({ service, dialect, modelCalls, toolCalls, lastSeen, seenBy }) => (
              <Row key={`${service} ${dialect}`}>
                <RowHead>
                  <Link
                    href={pageHref("/events", {
                      ...query,
                      filters: { service: [service], dialect: [dialect] },
                    })}
                    className="underline-offset-2 hover:underline"
                  >
                    {service ?? t("unknown")}
                  </Link>
                </RowHead>
                <Cell className="text-muted">{dialect}</Cell>
                <Cell numeric>
                  <Count value={modelCalls} />
                </Cell>
                <Cell numeric className="hidden sm:table-cell">
                  <Count value={toolCalls} />
                </Cell>
                <Cell numeric>
                  {seenBy === "hour"
                    ? formatHour(lastSeen, locale, period.timeZone)
                    : formatBucket(lastSeen, "none", locale, period.timeZone)}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
