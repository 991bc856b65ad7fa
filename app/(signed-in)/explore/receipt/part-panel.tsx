import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Panel } from "#app/_components/panel.tsx";
import {
  ReceiptEnd,
  ReceiptGap,
  ReceiptLine,
  ReceiptLineHead,
} from "#app/_components/receipt-line.tsx";
import { Cell, RowHead, Table } from "#app/_components/table.tsx";
import { formatUsdExact } from "#app/_format/format-usd.ts";
import type { UsageReceiptPart } from "#lib/reports/usage-receipt.ts";

/** The calls of one rate set: tokens × rate line by line, what is beside them, and the sum. */
export function PartPanel({
  part,
  number,
  rowsHref,
}: {
  readonly part: UsageReceiptPart;
  /** Tells it from other rates of the same model. */
  readonly number: number;
  /** To its calls. */
  readonly rowsHref: string;
}) {
  const t = useTranslations("UsageReceipt");
  const locale = useLocale();
  const { rateSet, calls, unpricedCalls, lines, beside } = part;
  const title = `${rateSet.model} ${rateSet.tier === "standard" ? "" : rateSet.tier}`.trim();
  return (
    <Panel
      title={title}
      note={`${rateSet.provider} · ${t("calls", { calls, unpriced: unpricedCalls })}`}
    >
      <Table caption={`${number}. ${title}`}>
        <ReceiptLineHead />
        <tbody>
          {lines.map((line) => (
            <ReceiptLine key={line.unit} line={line} />
          ))}
        </tbody>
        <tfoot>
          {rateSet.funding !== undefined && (
            <tr className="text-muted">
              <RowHead colSpan={6}>{t(`paidBy.${rateSet.funding}`)}</RowHead>
            </tr>
          )}
          {beside !== 0n && <SumRow name={t("beside")} amount={formatUsdExact(beside, locale)} />}
          <SumRow
            name={t("sum")}
            amount={<FigureLink href={rowsHref}>{sumOf(part, locale, t("unpriced"))}</FigureLink>}
          />
        </tfoot>
      </Table>
    </Panel>
  );
}

/** A lower bound where calls have no price; nothing of which has one is no amount. */
function sumOf({ cost, unpricedCalls }: UsageReceiptPart, locale: string, unpriced: string) {
  if (unpricedCalls === 0) return formatUsdExact(cost, locale);
  if (cost === 0n) return <span className="text-warn">{unpriced}</span>;
  return `≥ ${formatUsdExact(cost, locale)}`;
}

function SumRow({ name, amount }: { readonly name: string; readonly amount: ReactNode }) {
  return (
    <tr className="font-medium [&>*]:border-line-strong [&>*]:border-t [&>*]:border-b-0">
      <RowHead className="font-medium">{name}</RowHead>
      <ReceiptGap />
      <Cell numeric>{amount}</Cell>
      <ReceiptEnd />
    </tr>
  );
}
