import { getLocale, getTranslations } from "next-intl/server";
import { Amount } from "#app/_components/amount.tsx";
import { Count } from "#app/_components/count.tsx";
import { FigureTile, FigureTiles } from "#app/_components/figure-tiles.tsx";
import { SignedAmount } from "#app/_components/signed-amount.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { formatClock, formatDays } from "#app/_format/format-time.ts";
import { LiveRefresh } from "#app/_live/live-refresh.tsx";
import { previousPeriod } from "#app/_period/previous-period.ts";
import { pageHref, receiptHref } from "#app/_query/links.ts";
import { type PageQuery, usageQuery } from "#app/_query/page-query.ts";
import { context } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { subtractUsd } from "#lib/money/money.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { totalTokens } from "#lib/usage/tokens.ts";
import { countPairs } from "../../explore/explore-pairs.ts";

/** What the team spent in the period, against the one before. */
export async function TeamTiles({
  scope,
  query,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
}) {
  const { sql } = context();
  const { period } = query;
  const previous = previousPeriod(period);
  const asked = usageQuery(query, []);
  const [{ total, asOf }, before, locale, t] = await Promise.all([
    usageReport(sql, scope, asked),
    usageReport(sql, scope, { ...asked, from: previous.from, to: previous.to }),
    getLocale(),
    getTranslations("TeamPages"),
  ]);
  const change = subtractUsd(total.cost, before.total.cost);
  const share = formatShare(change < 0n ? -change : change, before.total.cost, locale);
  const days = formatDays(previous.from, previous.to, locale, period.timeZone);
  return (
    <div className="flex flex-col gap-2">
      <FigureTiles>
        <FigureTile
          label={t("spend")}
          note={formatDays(period.from, period.to, locale, period.timeZone)}
          figure={<Amount usd={total.cost} unpricedCalls={total.unpricedCalls} compact />}
          href={receiptHref(query)}
        />
        <FigureTile
          label={t("change")}
          note={`${share === null ? "" : `${change < 0n ? "−" : "+"}${share} `}${t("against", { days })}`}
          figure={<SignedAmount usd={change} zero="dash" />}
          href={pageHref("/explore", query, [...countPairs("spend", "agent"), ["compare", "1"]])}
        />
        <FigureTile
          label={t("calls")}
          note={t("toolsAndErrors", { tool: total.toolCalls, errors: total.errors })}
          figure={<Count value={total.modelCalls} short />}
          href={pageHref("/explore", query, countPairs("model_calls", "model"))}
        />
        <FigureTile
          label={t("tokens")}
          note={t("unpricedCalls", { count: total.unpricedCalls })}
          figure={<Count value={totalTokens(total.tokens)} short />}
          href={pageHref("/explore", query, countPairs("tokens", "model"))}
        />
      </FigureTiles>
      <p className="figures flex flex-wrap items-center gap-x-3 text-muted text-xs">
        <LiveRefresh asOf={asOf} />
        <span>{t("asOf", { time: formatClock(asOf, locale, period.timeZone) })}</span>
      </p>
    </div>
  );
}
