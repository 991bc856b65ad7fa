import { useLocale, useTranslations } from "next-intl";
import { Panel } from "#app/_components/panel.tsx";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { parseUsd } from "#lib/money/money.ts";
import type { TeamQuote } from "#lib/price-book/team-quote.ts";
import { Total } from "./quote-panel.tsx";

type NamedQuote = TeamQuote & { readonly name: string };

/** The models side by side: the same call, and how much more each costs than the cheapest. */
export function QuoteSummary({
  quotes,
  rate,
}: {
  readonly quotes: readonly NamedQuote[];
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Calculator");
  const known = quotes.flatMap(({ usd }) => (usd === null ? [] : [parseUsd(usd)]));
  const cheapest = known.reduce<bigint | null>(
    (least, usd) => (least === null || usd < least ? usd : least),
    null,
  );
  return (
    <Panel title={t("sideBySide")} note={t("sideBySideNote")}>
      <Table caption={t("sideBySide")}>
        <thead>
          <tr>
            <HeadCell>{t("modelColumn")}</HeadCell>
            <HeadCell numeric>{t("cost")}</HeadCell>
            <HeadCell numeric>{t("listAmount")}</HeadCell>
            <HeadCell numeric>{t("more")}</HeadCell>
          </tr>
        </thead>
        <tbody>
          {quotes.map((quote) => (
            <Row key={quote.name}>
              <RowHead className="font-medium">{quote.name}</RowHead>
              <Cell numeric>
                <Total status={quote.status} usd={quote.usd} lowerBound={quote.lower_bound} />
                {quote.usd !== null && <AtRate usd={parseUsd(quote.usd)} rate={rate} />}
              </Cell>
              <Cell numeric className="text-muted">
                <Total
                  status={quote.list_usd === null ? "unpriced" : "priced"}
                  usd={quote.list_usd}
                  lowerBound="0"
                />
              </Cell>
              <Cell numeric>
                <More usd={quote.usd} cheapest={cheapest} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function More({
  usd,
  cheapest,
}: {
  readonly usd: string | null;
  readonly cheapest: bigint | null;
}) {
  const t = useTranslations("Calculator");
  const locale = useLocale();
  if (usd === null || cheapest === null) return "–";
  const cost = parseUsd(usd);
  if (cost === cheapest) return t("cheapest");
  if (cheapest === 0n) return "–";
  const percent = Number(((cost - cheapest) * 1_000n) / cheapest) / 1_000;
  return new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
    signDisplay: "always",
  }).format(percent);
}
