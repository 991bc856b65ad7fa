import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { FigureTile, FigureTiles } from "#app/_components/figure-tiles.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { formatDays } from "#app/_format/format-time.ts";
import { withFilter } from "#app/_query/filters.ts";
import { pageHref, receiptHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { InReportingCurrency } from "#app/_reporting/reporting-rate.tsx";
import { subtractUsd } from "#lib/money/money.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { countPairs } from "../explore/explore-pairs.ts";
import type { OverviewTotals } from "./read-overview.ts";
import type { Reporting } from "./reporting.ts";

/** The few figures that answer "how are we doing?". */
export function Tiles({
  totals,
  reporting,
  query,
}: {
  readonly totals: OverviewTotals;
  readonly reporting: Reporting | null;
  readonly query: PageQuery;
}) {
  const t = useTranslations("Overview");
  const locale = useLocale();
  const { today, todayPeriod, month, monthPeriod, period } = totals;
  return (
    <FigureTiles>
      <FigureTile
        label={t("today")}
        figure={<Amount usd={today.cost} />}
        href={receiptHref({ ...query, period: todayPeriod })}
        also={inReporting(reporting, "today")}
        note={t("calls", { model: today.modelCalls, tool: today.toolCalls })}
        warning={today.unpricedCalls > 0 && t("unpriced", { count: today.unpricedCalls })}
      />
      <FigureTile
        label={t("month")}
        figure={<Amount usd={month.cost} />}
        href={receiptHref({ ...query, period: monthPeriod })}
        also={inReporting(reporting, "month")}
        note={formatDays(monthPeriod.from, monthPeriod.to, locale, monthPeriod.timeZone)}
        warning={month.unpricedCalls > 0 && t("unpriced", { count: month.unpricedCalls })}
      />
      <FigureTile
        label={t("modelCalls")}
        figure={<Count value={period.modelCalls} short />}
        href={pageHref("/explore", query, countPairs("model_calls", "model"))}
        note={t("toolsAndErrors", { tool: period.toolCalls, errors: period.errors })}
      />
      <Coverage totals={totals} query={query} />
    </FigureTiles>
  );
}

/** Nothing where a day has no rate. */
function inReporting(reporting: Reporting | null, of: "today" | "month"): ReactNode {
  const amount = reporting?.[of] ?? null;
  if (reporting === null || amount === null) return null;
  return <InReportingCurrency amount={amount} currency={reporting.currency} />;
}

/** What part of the spend belongs to a team, and what is missing from the sums. */
function Coverage({
  totals: { period, unallocated },
  query,
}: {
  readonly totals: OverviewTotals;
  readonly query: PageQuery;
}) {
  const t = useTranslations("Overview");
  const locale = useLocale();
  const priced = formatShare(
    BigInt(period.modelCalls - period.unpricedCalls),
    BigInt(period.modelCalls),
    locale,
  );
  const unpriced = period.unpricedCalls > 0 && (
    <Link
      href="/data-quality"
      className="inline-flex min-h-6 items-center gap-1 underline-offset-2 hover:underline"
    >
      {t("unpriced", { count: period.unpricedCalls })}
    </Link>
  );
  if (unallocated === null) {
    return (
      <FigureTile
        label={t("pricedShare")}
        figure={priced ?? "–"}
        href={pageHref("/explore", query, countPairs("unpriced_calls", "model"))}
        note={null}
        warning={unpriced}
      />
    );
  }
  const allocated = formatShare(subtractUsd(period.cost, unallocated.cost), period.cost, locale);
  return (
    <FigureTile
      label={t("allocated")}
      figure={allocated ?? "–"}
      href={pageHref("/explore", query, countPairs("spend", "team"))}
      note={
        unallocated.cost > 0n ? (
          <Link
            href={pageHref("/events", {
              ...query,
              filters: withFilter(query.filters, "team", UNALLOCATED),
            })}
            className="inline-flex min-h-6 items-center gap-1 underline-offset-2 hover:underline"
          >
            <Amount usd={unallocated.cost} /> {t("unallocated")}
          </Link>
        ) : (
          period.cost > 0n && t("allAllocated")
        )
      }
      warning={unpriced}
    />
  );
}
