import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { Period } from "#app/_period/period.ts";
import type { KeySeen, Rejected } from "#lib/reports/data-quality.ts";
import { QualityCsv } from "./quality-csv.tsx";

/** What was refused at the door, requests and single items, with one example and what to do. */
export function RejectedPanel({
  rejected,
  keys,
  period,
}: {
  readonly rejected: readonly Rejected[];
  readonly keys: readonly KeySeen[];
  readonly period: Period;
}) {
  const t = useTranslations("Quality");
  const { timeZone } = period;
  const locale = useLocale();
  const labels = new Map(keys.map(({ keyId, label }) => [keyId, label]));
  return (
    <Panel
      title={t("rejected")}
      note={t("rejectedNote")}
      actions={<QualityCsv table="rejected" period={period} what={t("rejected")} />}
    >
      {rejected.length === 0 ? (
        <Empty title={t("noneRejected")} />
      ) : (
        <Table caption={t("rejected")}>
          <thead>
            <tr>
              <HeadCell>{t("reason")}</HeadCell>
              <HeadCell>{t("what")}</HeadCell>
              <HeadCell className="hidden md:table-cell">{t("key")}</HeadCell>
              <HeadCell numeric>{t("count")}</HeadCell>
              <HeadCell>{t("last")}</HeadCell>
              <HeadCell className="hidden lg:table-cell">{t("example")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {rejected.map((item) => (
              <Row key={`${item.reason} ${item.signal} ${item.keyId}`} className="align-top">
                <RowHead className="min-w-48 py-2">
                  <RefusalReason name={item.reason} />
                </RowHead>
                <Cell className="py-2">
                  {t.has(`signals.${item.signal}`) ? t(`signals.${item.signal}`) : item.signal}
                </Cell>
                <Cell className="hidden py-2 md:table-cell">
                  {labels.get(item.keyId ?? "") || (
                    <code className="font-mono text-xs">{item.keyId ?? "–"}</code>
                  )}
                </Cell>
                <Cell numeric className="py-2">
                  <Count value={item.count} />
                </Cell>
                <Cell className="figures whitespace-nowrap py-2 text-muted">
                  {formatMoment(item.lastAt, locale, timeZone)}
                </Cell>
                <Cell className="hidden max-w-80 py-2 lg:table-cell">
                  <code className="block truncate font-mono text-xs" title={item.example}>
                    {item.example || "–"}
                  </code>
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}

/** Requests are refused for reasons that we know words for; items say theirs themselves. */
function RefusalReason({ name }: { readonly name: string }) {
  const t = useTranslations("Quality");
  if (!t.has(`refusals.${name}`)) return name;
  return (
    <>
      {t(`refusals.${name}`)}
      <p className="text-muted text-xs">{t(`refusalRemedies.${name}`)}</p>
    </>
  );
}
