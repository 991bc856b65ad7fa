import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatCount } from "#app/_format/format-count.ts";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { QuoteLine } from "#lib/pricing/quote.ts";
import type { Receipt } from "#lib/reports/receipt.ts";
import { RateSource } from "./rate-source.tsx";

/** Quantity × rate, line by line, each rate with its source; the sum is the ledger's, to the last digit. */
export function ReceiptTable({ receipt }: { readonly receipt: Receipt }) {
  const t = useTranslations("Receipt");
  const locale = useLocale();
  const { lines, sum, event } = receipt;
  if (lines.length === 0) {
    return <Empty title={t(event.kind === "model_call" ? "noUsage" : "noCharge")} />;
  }
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("unit")}</HeadCell>
          <HeadCell numeric>{t("quantity")}</HeadCell>
          <HeadCell numeric>{t("rate")}</HeadCell>
          <HeadCell numeric className="hidden md:table-cell">
            {t("multiplier")}
          </HeadCell>
          <HeadCell numeric>{t("amount")}</HeadCell>
          <HeadCell>{t("source")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Line key={line.unit} line={line} />
        ))}
      </tbody>
      <tfoot>
        <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
          <RowHead className="font-medium">{t("sum")}</RowHead>
          <Cell colSpan={2} />
          <Cell className="hidden md:table-cell" />
          <Cell numeric>
            {sum === null ? (
              <span className="text-warn">{t("unpriced")}</span>
            ) : (
              <>
                {event.costStatus === "partial" && "≥ "}
                {formatUsdExact(sum, locale)}
              </>
            )}
          </Cell>
          <Cell className="text-muted">{event.costStatus === "included" && t("included")}</Cell>
        </tr>
        {receipt.costModel === "contract" && event.listCost !== null && (
          <tr className="text-muted">
            <RowHead>{t("atList")}</RowHead>
            <Cell colSpan={2} />
            <Cell className="hidden md:table-cell" />
            <Cell numeric>{formatUsdExact(event.listCost, locale)}</Cell>
            <Cell />
          </tr>
        )}
      </tfoot>
    </Table>
  );
}

function Line({ line }: { readonly line: QuoteLine }) {
  const t = useTranslations("Receipt");
  const locale = useLocale();
  const { unit, quantity, rate, multiplier, amount } = line;
  return (
    <Row>
      <RowHead className="whitespace-nowrap">{unit}</RowHead>
      <Cell numeric>{typeof quantity === "number" ? formatCount(quantity, locale) : quantity}</Cell>
      <Cell numeric>
        {rate === null ? (
          <span className="text-warn">{t("noRate")}</span>
        ) : (
          t("per", {
            amount: formatUsdExact(parseUsd(rate.amount), locale),
            per: rate.per,
          })
        )}
      </Cell>
      <Cell numeric className="hidden md:table-cell">
        {multiplier === null || multiplier === "1" ? "–" : `× ${multiplier}`}
      </Cell>
      <Cell numeric>{amount === null ? "–" : formatUsdExact(parseUsd(amount), locale)}</Cell>
      <Cell className="min-w-52 text-muted text-xs">
        {rate !== null && <RateSource rate={rate} />}
      </Cell>
    </Row>
  );
}
