import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import {
  ReceiptEnd,
  ReceiptGap,
  ReceiptLine,
  ReceiptLineHead,
} from "#app/_components/receipt-line.tsx";
import { Cell, RowHead, Table } from "#app/_components/table.tsx";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import { ReportingRate } from "#app/_reporting/reporting-rate.tsx";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import type { Receipt } from "#lib/reports/receipt.ts";

/** Quantity × rate, line by line, each rate with its source; the sum is the ledger's, to the last digit. */
export function ReceiptTable({
  receipt,
  rate,
}: {
  readonly receipt: Receipt;
  /** Of the event's day, in the reporting currency. */
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Receipt");
  const locale = useLocale();
  const { lines, sum, event } = receipt;
  if (lines.length === 0) {
    return <Empty title={t(event.kind === "model_call" ? "noUsage" : "noCharge")} />;
  }
  return (
    <Table caption={t("title")}>
      <ReceiptLineHead />
      <tbody>
        {lines.map((line) => (
          <ReceiptLine key={line.unit} line={line} />
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("sum")}</RowHead>
          <ReceiptGap />
          <Cell numeric>
            {sum === null ? (
              <span className="text-warn">{t("unpriced")}</span>
            ) : (
              <>
                {event.costStatus === "partial" && "≥ "}
                {formatUsdExact(sum, locale)}
                <AtRate usd={sum} rate={rate} />
              </>
            )}
          </Cell>
          <ReceiptEnd>
            {event.costStatus === "included" && t("included")}{" "}
            {rate && <ReportingRate currency={rate.currency} rate={rate} by="day" />}
          </ReceiptEnd>
        </tr>
        {receipt.costModel === "contract" && event.listCost !== null && (
          <tr className="text-muted">
            <RowHead>{t("atList")}</RowHead>
            <ReceiptGap />
            <Cell numeric>{formatUsdExact(event.listCost, locale)}</Cell>
            <ReceiptEnd />
          </tr>
        )}
      </tfoot>
    </Table>
  );
}
