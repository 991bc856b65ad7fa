import { useTranslations } from "next-intl";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { Adjustment } from "#lib/close/adjustment-store.ts";
import { canBeReversed } from "#lib/close/journal.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { sumUsd } from "#lib/money/money.ts";
import { ReverseForm } from "./reverse-form.tsx";

/** Every signed entry, newest first. */
export function EntryTable({
  entries,
  openMonths,
  timeZone,
  locale,
  rateOf,
}: {
  readonly entries: readonly Adjustment[];
  readonly openMonths: readonly string[];
  readonly timeZone: string;
  readonly locale: string;
  /** Of a month, into the reporting currency. */
  readonly rateOf: (month: string) => UsedRate | null;
}) {
  const t = useTranslations("Journal");
  return (
    <Table caption={t("entries")}>
      <thead>
        <tr>
          <HeadCell>{t("month")}</HeadCell>
          <HeadCell>{t("kind")}</HeadCell>
          <HeadCell>{t("team")}</HeadCell>
          <HeadCell>{t("why")}</HeadCell>
          <HeadCell numeric>{t("effective")}</HeadCell>
          <HeadCell>{t("bookedBy")}</HeadCell>
          <HeadCell>
            <span className="sr-only">{t("reverse")}</span>
          </HeadCell>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <Row key={entry.id}>
            <RowHead className="figures whitespace-nowrap font-medium">
              {entry.month}
              {entry.sourceMonth !== null && (
                <span className="block text-muted text-xs">
                  {t("about", { month: entry.sourceMonth })}
                </span>
              )}
            </RowHead>
            <Cell className="whitespace-nowrap">
              {t(`reasons.${entry.reason}`)}
              {entry.reverses !== null && (
                <span className="block text-muted text-xs">{t("isReversal")}</span>
              )}
            </Cell>
            <Cell>{entry.subject.team}</Cell>
            <Cell className="min-w-48">
              {entry.note || aboutOf(entry)}
              {entry.reference !== "" && (
                <span className="block text-muted text-xs">{entry.reference}</span>
              )}
            </Cell>
            <Cell numeric>
              <SignedAmount usd={entry.subject.costs.effective} />
              <AtRate usd={entry.subject.costs.effective} rate={rateOf(entry.month)} />
            </Cell>
            <Cell className="whitespace-nowrap text-muted text-xs">
              {entry.createdBy}
              <span className="block">{formatMoment(entry.createdAt, locale, timeZone)}</span>
            </Cell>
            <Cell className="text-right">
              {entry.reversedBy !== null && (
                <span className="text-muted text-xs">{t("reversed")}</span>
              )}
              {canBeReversed(entry) && (
                <ReverseForm id={entry.id} month={entry.month} openMonths={openMonths} />
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("sum")}</RowHead>
          <Cell colSpan={3} />
          <Cell numeric>
            <SignedAmount usd={sumUsd(entries.map(({ subject }) => subject.costs.effective))} />
          </Cell>
          <Cell colSpan={2} />
        </tr>
      </tfoot>
    </Table>
  );
}

function aboutOf({ subject }: Adjustment): string {
  const { provider, model, chargeName, poolName } = subject;
  return [provider, model, chargeName, poolName].filter((word) => word !== null).join(" · ");
}
