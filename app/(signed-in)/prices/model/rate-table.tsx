import { useLocale, useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { UnitName } from "#app/_components/unit-name.tsx";
import { formatMoment } from "#app/_format/format-time.ts";
import type { ListedPrice } from "#lib/price-book/list-prices.ts";
import { PriceAmount } from "../price-amount.tsx";
import { PriceConditions } from "../price-conditions.tsx";
import { PriceStateBadge } from "../price-state.tsx";
import { SourceLink } from "../source-link.tsx";
import { WithdrawButton } from "./withdraw-button.tsx";

/** Every rate of a model on both time axes: when it is charged, and when it was believed. */
export function RateTable({
  rows,
  mayChange,
}: {
  readonly rows: readonly ListedPrice[];
  readonly mayChange: boolean;
}) {
  const t = useTranslations("Prices");
  return (
    <Table caption={t("history")}>
      <thead>
        <tr>
          <HeadCell>{t("unit")}</HeadCell>
          <HeadCell numeric>{t("price")}</HeadCell>
          <HeadCell>{t("conditions")}</HeadCell>
          <HeadCell>{t("charged")}</HeadCell>
          <HeadCell>{t("believed")}</HeadCell>
          <HeadCell>{t("state")}</HeadCell>
          <HeadCell>{t("source")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} className="align-top">
            <RowHead className="whitespace-nowrap py-2">
              <UnitName unit={row.unit} />
              {row.kind !== "list" && (
                <span className="block text-muted text-xs">{t(`kinds.${row.kind}`)}</span>
              )}
            </RowHead>
            <Cell numeric className="py-2">
              <PriceAmount price={row.price} kind={row.kind} />
            </Cell>
            <Cell className="min-w-28 py-2 text-muted text-xs">
              <PriceConditions row={row} />
            </Cell>
            <Cell className="whitespace-nowrap py-2 text-xs">
              <Span from={row.effectiveFrom} to={row.effectiveTo} />
            </Cell>
            <Cell className="whitespace-nowrap py-2 text-xs">
              {row.origin === "shipped" ? (
                <span className="text-muted">{t("byRelease")}</span>
              ) : (
                <>
                  <Span from={row.recordedAt} to={row.supersededAt} />
                  <span className="block text-muted">{row.recordedBy}</span>
                </>
              )}
            </Cell>
            <Cell className="py-2">
              <PriceStateBadge state={row.state} />
              {mayChange && row.origin === "own" && row.state !== "withdrawn" && (
                <WithdrawButton id={row.id} />
              )}
            </Cell>
            <Cell className="min-w-56 py-2">
              <SourceLink row={row} />
              {row.source.quote !== null && (
                <q className="mt-1 block max-w-96 text-muted text-xs">{row.source.quote}</q>
              )}
              {row.soldAs !== null && (
                <span className="block text-muted text-xs">
                  {t("soldAs", { name: row.soldAs })}
                </span>
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** A time from the first moment to the last, in UTC, as sources state it; open ends in words. */
function Span({ from, to }: { readonly from: Date | null; readonly to: Date | null }) {
  const t = useTranslations("Prices");
  const locale = useLocale();
  const text = (at: Date) => formatMoment(at, locale, "UTC");
  return (
    <>
      <span className="block">{from === null ? t("sinceEver") : text(from)}</span>
      <span className="block text-muted">{to === null ? t("untilFurther") : `→ ${text(to)}`}</span>
    </>
  );
}
