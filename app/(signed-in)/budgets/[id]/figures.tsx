import { useLocale, useTranslations } from "next-intl";
import { FigureTile, FigureTiles } from "#app/_components/figure-tiles.tsx";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatBucket, formatDays } from "#app/_format/format-time.ts";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { BudgetDetail } from "#lib/budget-control/read-budgets.ts";
import { TOKENS } from "#lib/budgets/amount.ts";
import { hasReached } from "#lib/budgets/share.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { CURRENCY, type Usd } from "#lib/money/money.ts";
import { BudgetAmount } from "../budget-amount.tsx";
import { BudgetBar } from "../budget-bar.tsx";
import { PacingLine } from "../pacing-line.tsx";
import { spentReceiptHref } from "./spent-links.ts";

/** Where the budget stands, in the few figures that answer "will it last?". */
export function Figures({
  detail,
  rate,
}: {
  readonly detail: BudgetDetail;
  /** Of today, in the reporting currency. */
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { status, timeZone } = detail;
  const { budget, spent, limit, remaining, forecast, period } = status;
  const amount = (value: typeof spent) => formatBudgetAmount(value, budget.unit, locale);
  const also = (value: typeof spent) =>
    budget.unit === CURRENCY && <AtRate usd={value as bigint as Usd} rate={rate} />;
  const day = (ms: number) => formatBucket(new Date(ms), "day", locale, timeZone);
  const ofLimit = t(budget.unit === TOKENS ? "ofTokens" : "ofLimit", {
    limit: amount(limit.total),
  });
  const parts = [
    limit.carried > 0n && t("carried", { amount: amount(limit.carried) }),
    limit.increased > 0n && t("increasedBy", { amount: amount(limit.increased) }),
    status.committed > 0n && t("committed", { amount: amount(status.committed) }),
    status.unpricedCalls > 0 && t("unpriced", { count: status.unpricedCalls }),
  ].filter((part) => part !== false);
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <div className="flex flex-col gap-2 px-4 pt-4 pb-3">
        <BudgetBar status={status} />
        <PacingLine status={status} />
      </div>
      <FigureTiles frame="none">
        <FigureTile
          label={t("spent")}
          figure={<BudgetAmount amount={spent} unit={budget.unit} />}
          also={also(spent)}
          href={spentReceiptHref(detail, period)}
          note={[ofLimit, ...parts].join(" · ")}
        />
        <FigureTile
          label={t("remaining")}
          figure={<BudgetAmount amount={remaining} unit={budget.unit} />}
          also={also(remaining)}
          note={t("resetsOn", { day: day(period.end) })}
        />
        <FigureTile
          label={t("forecastEnd")}
          figure={
            forecast === null ? "–" : <BudgetAmount amount={forecast.p50} unit={budget.unit} />
          }
          also={forecast !== null && also(forecast.p50)}
          note={
            forecast === null
              ? t("notEnoughData")
              : t("range", { low: amount(forecast.p10), high: amount(forecast.p90) })
          }
        />
        <CrossingTile status={status} timeZone={timeZone} />
      </FigureTiles>
    </div>
  );
}

/** The day of the limit, and how fast spend goes towards it; without a forecast nothing is promised. */
function CrossingTile({ status, timeZone }: Pick<BudgetDetail, "status" | "timeZone">) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { budget, spent, limit, forecast, burnRate, pace, crossing } = status;
  const amount = (value: typeof spent) => formatBudgetAmount(value, budget.unit, locale);
  const day = (ms: number) => formatBucket(new Date(ms), "day", locale, timeZone);
  const unknown = forecast === null ? "–" : t("notInPeriod");
  return (
    <FigureTile
      label={t(hasReached(spent, limit.total, 100) ? "crossed" : "crosses")}
      figure={crossing.expected === null ? unknown : day(crossing.expected)}
      note={
        <>
          {crossing.expected !== null && crossing.earliest !== crossing.expected && (
            <>
              {crossing.earliest !== null && crossing.latest !== null
                ? formatDays(
                    new Date(crossing.earliest),
                    new Date(crossing.latest + 1),
                    locale,
                    timeZone,
                  )
                : crossing.earliest !== null && t("earliest", { day: day(crossing.earliest) })}
              {" · "}
            </>
          )}
          {t("rate", { rate: amount(burnRate), pace: amount(pace) })}
        </>
      }
    />
  );
}
