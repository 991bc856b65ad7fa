import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { Rejected } from "#lib/reports/data-quality.ts";

/** What was refused at the door, with one example each. */
export function RejectedPanel({
  rejected,
  timeZone,
}: {
  readonly rejected: readonly Rejected[];
  readonly timeZone: string;
}) {
  const t = useTranslations("Quality");
  const locale = useLocale();
  return (
    <Panel title={t("rejected")} note={t("rejectedNote")}>
      {rejected.length === 0 ? (
        <Empty title={t("noneRejected")} />
      ) : (
        <Table caption={t("rejected")}>
          <thead>
            <tr>
              <HeadCell>{t("reason")}</HeadCell>
              <HeadCell>{t("signal")}</HeadCell>
              <HeadCell className="hidden md:table-cell">{t("key")}</HeadCell>
              <HeadCell numeric>{t("count")}</HeadCell>
              <HeadCell className="hidden md:table-cell">{t("last")}</HeadCell>
              <HeadCell className="hidden lg:table-cell">{t("example")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {rejected.map((item) => (
              <Row key={`${item.reason} ${item.signal} ${item.keyId}`}>
                <RowHead>{item.reason}</RowHead>
                <Cell>{item.signal}</Cell>
                <Cell className="hidden md:table-cell">
                  <code className="font-mono text-xs">{item.keyId ?? "–"}</code>
                </Cell>
                <Cell numeric>
                  <Count value={item.count} />
                </Cell>
                <Cell className="figures hidden whitespace-nowrap text-muted md:table-cell">
                  {formatMoment(item.lastAt, locale, timeZone)}
                </Cell>
                <Cell className="hidden max-w-80 lg:table-cell">
                  <code className="block truncate font-mono text-xs" title={item.example}>
                    {item.example}
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
