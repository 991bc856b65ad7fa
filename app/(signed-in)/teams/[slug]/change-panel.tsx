import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Empty } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatShare } from "#app/_format/format-count.ts";
import { formatDays } from "#app/_format/format-time.ts";
import { formatUsd } from "#app/_format/format-usd.ts";
import { type Period, readPeriod } from "#app/_period/period.ts";
import { previousPeriod } from "#app/_period/previous-period.ts";
import { addDays, dayOf } from "#app/_period/zoned-day.ts";
import { withoutFilter } from "#app/_query/filters.ts";
import { pageHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import type { CostBridge } from "#lib/anomalies/price-volume-mix.ts";
import type { Usd } from "#lib/money/money.ts";
import { type CostChange, costChange } from "#lib/reports/cost-change.ts";
import { BridgeTable } from "./bridge-table.tsx";
import { ChangeGroups } from "./change-groups.tsx";

/** The week up to yesterday, or the period of the page; each against the one before it. */
const CHOICES = ["week", "period"] as const;
type Choice = (typeof CHOICES)[number];

/** What changed and why, as a price / volume / mix bridge that adds up to the last digit. */
export async function ChangePanel({
  scope,
  query,
  path,
  against,
}: {
  readonly scope: ReadScope;
  readonly query: PageQuery;
  readonly path: string;
  readonly against: string | undefined;
}) {
  const [t, costs, locale, now] = await Promise.all([
    getTranslations("CostChange"),
    getTranslations("Costs"),
    getLocale(),
    requestTime(),
  ]);
  const choice = CHOICES.find((each) => each === against) ?? "week";
  const { timeZone } = query.period;
  const period = choice === "week" ? lastWeek(now, timeZone) : query.period;
  const before = customPeriod(previousPeriod(period), now);
  const { costBasis } = query;
  const found = await costChange(context().sql, scope, {
    before: { from: before.from, to: before.to },
    after: { from: period.from, to: period.to },
    ...{ costBasis, filters: query.filters },
  });
  // A team's own page says the team by its path.
  const filters = path === "/" ? query.filters : withoutFilter(query.filters, "team");
  const unpriced = found.before.unpricedCalls + found.after.unpricedCalls;
  const days = (each: Period) => formatDays(each.from, each.to, locale, timeZone);
  return (
    <Panel
      title={t("title")}
      note={t("note", {
        days: days(period),
        before: days(before),
        cost: costs(`names.${costBasis}`),
      })}
      actions={
        <nav aria-label={t("choose")} className="flex rounded-md bg-sunken p-0.5">
          {CHOICES.map((each) => (
            <Link
              key={each}
              href={pageHref(path, { ...query, filters }, pairs(each))}
              scroll={false}
              aria-current={each === choice ? "true" : undefined}
              className="flex h-6 items-center rounded px-2 text-muted text-xs hover:text-text aria-[current]:bg-surface aria-[current]:font-medium aria-[current]:text-text aria-[current]:shadow-xs"
            >
              {t(`choices.${each}`)}
            </Link>
          ))}
        </nav>
      }
    >
      {found.before.cost === 0n && found.after.cost === 0n ? (
        <Empty title={t("none")} />
      ) : (
        <>
          <p className="px-4 pt-3.5 pb-1">{t("sentence", wordsOf(found, locale))}</p>
          <BridgeTable found={found} query={{ ...query, period }} before={before} />
          <div className="mt-3 border-line border-t">
            <ChangeGroups found={found} query={{ ...query, period }} before={before} />
          </div>
          {unpriced > 0 && (
            <p className="px-4 py-2.5 text-warn text-xs">{t("unpriced", { count: unpriced })}</p>
          )}
        </>
      )}
    </Panel>
  );
}

function pairs(choice: Choice): [string, string][] {
  return choice === "week" ? [] : [["against", choice]];
}

/** The seven days up to yesterday: today is not over, so it is not compared. */
function lastWeek(now: Date, timeZone: string): Period {
  const today = dayOf(now, timeZone);
  const days = { period: "custom", from: addDays(today, -7), to: addDays(today, -1) };
  return readPeriod(days, now, timeZone);
}

function customPeriod(days: ReturnType<typeof previousPeriod>, now: Date): Period {
  const wanted = { period: "custom", from: days.firstDay, to: days.lastDay };
  return readPeriod(wanted, now, days.timeZone);
}

/** What the sentence above the bars says: the change, and the effect that did most of it. */
function wordsOf({ bridge, before, after }: CostChange, locale: string) {
  const { change } = bridge;
  const sign = change > 0n ? 1n : -1n;
  const effects = ["volume", "intensity", "mix", "price"] as const;
  const most = effects.reduce((best, each) =>
    bridge[each] * sign > bridge[best] * sign ? each : best,
  );
  return {
    way: change === 0n ? "same" : change > 0n ? "more" : "less",
    amount: formatUsd(sized(change), locale),
    share: formatShare(sized(change), before.cost, locale) ?? "",
    hasShare: before.cost > 0n ? "yes" : "no",
    total: formatUsd(after.cost, locale),
    effect: most satisfies keyof CostBridge,
    part: formatUsd(sized(bridge[most]), locale),
  };
}

function sized(amount: Usd): Usd {
  return (amount < 0n ? -amount : amount) as Usd;
}
