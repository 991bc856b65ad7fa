import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Count } from "#app/_components/count.tsx";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { Period } from "#app/_period/period.ts";
import { startOfEventId } from "#lib/ledger/event-id.ts";
import type { Defect, Example } from "#lib/reports/ledger-defects.ts";
import { QualityCsv } from "./quality-csv.tsx";

/** Rows of the ledger that share something to know about, with what to do about it. */
export function DefectPanel({
  kind,
  defects,
  period,
}: {
  readonly kind: "notCounted" | "marks";
  readonly defects: readonly Defect[];
  readonly period: Period;
}) {
  const t = useTranslations("Quality");
  const { timeZone } = period;
  return (
    <Panel
      title={t(kind)}
      note={t(`${kind}Note`)}
      actions={
        <QualityCsv
          table={kind === "marks" ? "marks" : "not_counted"}
          period={period}
          what={t(kind)}
        />
      }
    >
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
              <Row key={name} className="align-top">
                <RowHead className="min-w-48 py-2">
                  {t.has(`reasons.${name}`) ? t(`reasons.${name}`) : name}
                  {t.has(`remedies.${name}`) && (
                    <p className="text-muted text-xs">{t(`remedies.${name}`)}</p>
                  )}
                </RowHead>
                <Cell numeric className="py-2">
                  <Count value={count} />
                </Cell>
                <Cell className="py-1.5">
                  {examples.map((example) => (
                    <ExampleLink
                      key={example.id}
                      example={example}
                      isSkewed={name === "clock_skew"}
                      timeZone={timeZone}
                    />
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

/** Where the clock was off, the time that the sender told stands beside: the row's id keeps it. */
function ExampleLink({
  example: { id, startedAt },
  isSkewed,
  timeZone,
}: {
  readonly example: Example;
  readonly isSkewed: boolean;
  readonly timeZone: string;
}) {
  const t = useTranslations("Quality");
  const locale = useLocale();
  const told = isSkewed ? startOfEventId(id) : null;
  return (
    <Link
      href={`/events/${id}`}
      prefetch={false}
      className="figures block whitespace-nowrap text-accent text-xs leading-6 underline-offset-2 hover:underline"
    >
      {formatMoment(startedAt, locale, timeZone)}
      {told !== null && (
        <span className="block text-muted leading-4">
          {t("told", { time: formatMoment(new Date(told), locale, timeZone) })}
        </span>
      )}
    </Link>
  );
}
