import { useLocale, useTranslations } from "next-intl";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { RateSource } from "#app/_components/rate-source.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { UnitName } from "#app/_components/unit-name.tsx";
import { formatCount } from "#app/_format/format-count.ts";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { TeamQuote } from "#lib/price-book/team-quote.ts";
import type { QuoteLine } from "#lib/pricing/quote.ts";

/** One model's price of the call, line by line as on a receipt. */
export function QuotePanel({
  quote,
  isOfTeam,
  rate,
}: {
  readonly quote: TeamQuote & { readonly name: string };
  readonly isOfTeam: boolean;
  /** Of today, into the reporting currency. */
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Calculator");
  const { name, lines, list_lines: listLines } = quote;
  return (
    <Panel
      title={name}
      note={t(isOfTeam ? "effective" : "atList")}
      actions={
        <span className="figures font-medium sm:hidden">
          <Total status={quote.status} usd={quote.usd} lowerBound={quote.lower_bound} />
        </span>
      }
    >
      {lines.length === 0 ? (
        <Empty title={t("noUsage")} />
      ) : (
        <Table caption={t("receiptOf", { name })}>
          <thead>
            <tr>
              <HeadCell>{t("unit")}</HeadCell>
              <HeadCell numeric>{t("quantity")}</HeadCell>
              <HeadCell numeric>{t("rate")}</HeadCell>
              <HeadCell numeric>{t("multiplier")}</HeadCell>
              <HeadCell numeric>{t("amount")}</HeadCell>
              {listLines.length > 0 && <HeadCell numeric>{t("listAmount")}</HeadCell>}
              <HeadCell>{t("source")}</HeadCell>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line
                key={line.unit}
                line={line}
                listed={listLines.find(({ unit }) => unit === line.unit)}
                hasList={listLines.length > 0}
              />
            ))}
          </tbody>
          <Totals quote={quote} rate={rate} />
        </Table>
      )}
    </Panel>
  );
}

function Line({
  line,
  listed,
  hasList,
}: {
  readonly line: QuoteLine;
  readonly listed: QuoteLine | undefined;
  readonly hasList: boolean;
}) {
  const t = useTranslations("Calculator");
  const locale = useLocale();
  const { unit, quantity, rate, multiplier, amount } = line;
  const exact = (text: string | null | undefined) =>
    text == null ? "–" : formatUsdExact(parseUsd(text), locale);
  return (
    <Row>
      <RowHead className="whitespace-nowrap">
        <UnitName unit={unit} />
      </RowHead>
      <Cell numeric>{typeof quantity === "number" ? formatCount(quantity, locale) : quantity}</Cell>
      <Cell numeric>
        {rate === null ? (
          <span className="text-warn">{t("noRate")}</span>
        ) : (
          t("per", { amount: exact(rate.amount), per: rate.per })
        )}
      </Cell>
      <Cell numeric>{multiplier === null || multiplier === "1" ? "–" : `× ${multiplier}`}</Cell>
      <Cell numeric>{exact(amount)}</Cell>
      {hasList && (
        <Cell numeric className="text-muted">
          {exact(listed?.amount)}
        </Cell>
      )}
      <Cell className="min-w-52 text-muted text-xs">
        {rate !== null && <RateSource rate={rate} />}
      </Cell>
    </Row>
  );
}

function Totals({ quote, rate }: { readonly quote: TeamQuote; readonly rate: UsedRate | null }) {
  const t = useTranslations("Calculator");
  const hasList = quote.list_lines.length > 0;
  return (
    <tfoot>
      <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
        <RowHead className="font-medium">{t("sum")}</RowHead>
        <Cell colSpan={3} />
        <Cell numeric>
          <Total status={quote.status} usd={quote.usd} lowerBound={quote.lower_bound} />
          {quote.usd !== null && <AtRate usd={parseUsd(quote.usd)} rate={rate} />}
        </Cell>
        {hasList && (
          <Cell numeric className="text-muted">
            <Total
              status={quote.list_usd === null ? "unpriced" : "priced"}
              usd={quote.list_usd}
              lowerBound="0"
            />
          </Cell>
        )}
        <Cell className="font-normal text-muted text-xs">
          {quote.status === "included" && t("included")}
        </Cell>
      </tr>
    </tfoot>
  );
}

/** An amount, a lower bound of one, or the plain word that there is none. */
export function Total({
  status,
  usd,
  lowerBound,
}: {
  readonly status: string;
  readonly usd: string | null;
  readonly lowerBound: string;
}) {
  const t = useTranslations("Calculator");
  const locale = useLocale();
  if (usd !== null) return formatUsdExact(parseUsd(usd), locale);
  if (status === "partial") return `≥ ${formatUsdExact(parseUsd(lowerBound), locale)}`;
  return <span className="text-warn">{t("unpriced")}</span>;
}
