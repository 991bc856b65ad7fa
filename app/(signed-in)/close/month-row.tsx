import { useTranslations } from "next-intl";
import { CsvLink } from "#app/_components/csv-link.tsx";
import { FigureLink } from "#app/_components/figure-link.tsx";
import { Cell, Row, RowHead } from "#app/_components/table.tsx";
import { linesHref, monthShown } from "#app/_costs/line-links.ts";
import { formatCount } from "#app/_format/format-count.ts";
import { formatMoment } from "#app/_format/format-time.ts";
import { pageHref, receiptHref } from "#app/_query/links.ts";
import { AmountAtRate } from "#app/_reporting/amount-at-rate.tsx";
import { ReportingRate } from "#app/_reporting/reporting-rate.tsx";
import type { CloseableMonth } from "#lib/close/list-months.ts";
import { monthNamed } from "#lib/close/month.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { parseUsd } from "#lib/money/money.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { CloseForm } from "./close-form.tsx";
import { ReopenForm } from "./reopen-form.tsx";

const UNPRICED_BY_MODEL: [string, string][] = [
  ["measure", "unpriced_calls"],
  ["by", "model"],
];

/** One month: what is open about it, or what it was closed as. */
export function MonthRow({
  month: found,
  timeZone,
  locale,
  rate,
}: {
  readonly month: CloseableMonth;
  readonly timeZone: string;
  readonly locale: string;
  readonly rate: UsedRate | null;
}) {
  const shown = monthShown(monthNamed(found.month), timeZone);
  const { month, state, usage, unallocated, unpricedCalls, totals, bookedLater } = found;
  return (
    <Row>
      <RowHead className="figures whitespace-nowrap font-medium">{month}</RowHead>
      <Cell className="min-w-56">
        <StateWords month={found} timeZone={timeZone} locale={locale} />
        {rate && (
          <span className="block text-muted text-xs">
            <ReportingRate currency={rate.currency} rate={rate} by="day" />
          </span>
        )}
      </Cell>
      <Cell numeric>
        <FigureLink href={receiptHref({ ...shown, filters: {} })}>
          <AmountAtRate usd={usage} unpricedCalls={unpricedCalls} rate={rate} />
        </FigureLink>
      </Cell>
      <Cell numeric>
        {unallocated === 0n ? (
          <Nothing />
        ) : (
          <FigureLink href={receiptHref({ ...shown, filters: { team: [UNALLOCATED] } })}>
            <AmountAtRate usd={unallocated} rate={rate} />
          </FigureLink>
        )}
      </Cell>
      <Cell numeric>
        {unpricedCalls === 0 ? (
          <Nothing />
        ) : (
          <span className="text-warn">
            <FigureLink href={pageHref("/explore", { ...shown, filters: {} }, UNPRICED_BY_MODEL)}>
              {formatCount(unpricedCalls, locale)}
            </FigureLink>
          </span>
        )}
      </Cell>
      <Cell numeric>
        {totals === null ? (
          <Nothing />
        ) : (
          <FigureLink href={linesHref(shown, { filter: {}, asClosed: true })}>
            <AmountAtRate usd={parseUsd(totals.effective_cost)} rate={rate} />
          </FigureLink>
        )}
      </Cell>
      <Cell numeric>
        {bookedLater === 0n ? (
          <Nothing />
        ) : (
          <FigureLink href={`/adjustments?about=${month}`}>
            <AmountAtRate usd={bookedLater} rate={rate} />
          </FigureLink>
        )}
      </Cell>
      <Cell className="text-right">
        {found.hash !== null && <ClosedFiles month={month} />}
        {state === "closed" && <ReopenForm month={month} />}
        {(state === "open" || state === "reopened") && <CloseForm month={month} />}
      </Cell>
    </Row>
  );
}

/** What the month was closed with: its lines, and its usage by class of tokens. */
function ClosedFiles({ month }: { readonly month: string }) {
  const t = useTranslations("Close");
  return [["closed-lines", t("linesFile")] as const, ["closed-usage", t("usageFile")] as const].map(
    ([table, label]) => (
      <CsvLink
        key={table}
        href={`/api/v1/export/${table}.csv?month=${month}`}
        what={`${month}: ${label}`}
        label={label}
      />
    ),
  );
}

function StateWords({
  month: { state, closedAt, closedBy, hash, reopened },
  timeZone,
  locale,
}: {
  readonly month: CloseableMonth;
  readonly timeZone: string;
  readonly locale: string;
}) {
  const t = useTranslations("Close");
  const at = (moment: Date) => formatMoment(moment, locale, timeZone);
  return (
    <>
      <span className={state === "closed" ? "font-medium" : ""}>{t(`states.${state}`)}</span>
      {state === "closed" && closedAt !== null && (
        <span className="block text-muted text-xs">
          {t("closedBy", { who: closedBy ?? "", at: at(closedAt) })}
          <code className="block" title={hash ?? ""}>
            SHA-256 {hash?.slice(0, 16)}…
          </code>
        </span>
      )}
      {reopened !== null && (
        <span className="block text-muted text-xs">
          {t("reopenedBy", { who: reopened.by, at: at(reopened.at), reason: reopened.reason })}
        </span>
      )}
    </>
  );
}

function Nothing() {
  return <span className="text-faint">–</span>;
}
