import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { Defect } from "#lib/reports/ledger-defects.ts";

/** Rows of the ledger that share something to know about: why they do not count, or how sure they are. */
export function DefectPanel({
  kind,
  defects,
  timeZone,
}: {
  readonly kind: "notCounted" | "marks";
  readonly defects: readonly Defect[];
  readonly timeZone: string;
}) {
  const t = useTranslations("Quality");
  const locale = useLocale();
  return (
    <Panel title={t(kind)} note={t(`${kind}Note`)}>
      {defects.length === 0 ? (
        <Empty title={t(`${kind}None`)} />
      ) : (
        <Table caption={t(kind)}>
          <thead>
            <tr>
              <HeadCell>{t("reason")}</HeadCell>
              <HeadCell numeric>{t("rows")}</HeadCell>
              <HeadCell>{t("examples")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {defects.map(({ name, count, examples }) => (
              <Row key={name}>
                <RowHead className="min-w-48 py-2">
                  {t.has(`reasons.${name}`) ? t(`reasons.${name}`) : name}
                </RowHead>
                <Cell numeric>
                  <Count value={count} />
                </Cell>
                <Cell className="py-2">
                  {examples.map(({ id, startedAt }) => (
                    <Link
                      key={id}
                      href={`/events/${id}`}
                      prefetch={false}
                      className="figures block whitespace-nowrap text-accent text-xs leading-6 underline-offset-2 hover:underline"
                    >
                      {formatMoment(startedAt, locale, timeZone)}
                    </Link>
                  ))}
                </Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
