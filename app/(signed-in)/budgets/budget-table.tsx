import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Cell, HeadCell, Row, RowHead, Table } from "#app/_components/table.tsx";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import { formatBucket } from "#app/_format/format-time.ts";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import type { ListedBudget } from "#lib/budget-control/read-budgets.ts";
import { TOKENS } from "#lib/budgets/amount.ts";
import type { UsedRate } from "#lib/currency/exchange-rates.ts";
import { CURRENCY, type Usd } from "#lib/money/money.ts";
import { BudgetAmount } from "./budget-amount.tsx";
import { BudgetBar } from "./budget-bar.tsx";
import { PacingLine } from "./pacing-line.tsx";
import { PeriodText, ScopeText } from "./scope-text.tsx";
import { StateBadge } from "./state-badge.tsx";

/** One line for each budget: where it stands and where it is heading. */
export function BudgetTable({
  budgets,
  timeZone,
  rate,
}: {
  readonly budgets: readonly ListedBudget[];
  readonly timeZone: string;
  /** Of today, in the reporting currency. */
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Budgets");
  return (
    <Table caption={t("title")}>
      <thead>
        <tr>
          <HeadCell>{t("budget")}</HeadCell>
          <HeadCell className="min-w-48 sm:min-w-56">{t("spentColumn")}</HeadCell>
          <HeadCell numeric>{t("remaining")}</HeadCell>
          <HeadCell numeric>{t("forecast")}</HeadCell>
          <HeadCell>{t("crosses")}</HeadCell>
          <HeadCell>{t("resets")}</HeadCell>
          <HeadCell>{t("state")}</HeadCell>
        </tr>
      </thead>
      <tbody>
        {budgets.map((listed) => (
          <BudgetRow
            key={listed.status.budget.id}
            listed={listed}
            timeZone={timeZone}
            rate={rate}
          />
        ))}
      </tbody>
    </Table>
  );
}

function BudgetRow({
  listed: { status, mute, waiting },
  timeZone,
  rate,
}: {
  readonly listed: ListedBudget;
  readonly timeZone: string;
  readonly rate: UsedRate | null;
}) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { budget, spent, limit, remaining, forecast, crossing, period } = status;
  const shown = (value: typeof spent) => (
    <BudgetAmount amount={value} unit={budget.unit} rate={rate} />
  );
  const day = (ms: number) => formatBucket(new Date(ms), "day", locale, timeZone);
  return (
    <Row>
      <RowHead className="min-w-36 py-2.5 sm:min-w-48">
        <Link
          href={`/budgets/${budget.id}`}
          className="mr-2 font-medium underline-offset-2 hover:underline"
        >
          {budget.name}
        </Link>
        <span className="md:hidden">
          <StateBadge state={status.state} />
        </span>
        <p className="text-muted text-xs">
          <ScopeText budget={budget} /> ·{" "}
          <PeriodText period={budget.period} calendar={budget.calendar} />
        </p>
      </RowHead>
      <Cell className="py-2.5">
        <p className="figures mb-1.5 text-xs sm:whitespace-nowrap">
          <span className="font-medium text-sm">
            <BudgetAmount amount={spent} unit={budget.unit} />
          </span>{" "}
          <span className="text-muted">
            {t(budget.unit === TOKENS ? "ofTokens" : "ofLimit", {
              limit: formatBudgetAmount(limit.total, budget.unit, locale),
            })}
          </span>
          {status.unpricedCalls > 0 && (
            <span className="text-warn"> {t("unpriced", { count: status.unpricedCalls })}</span>
          )}
          {budget.unit === CURRENCY && <AtRate usd={spent as bigint as Usd} rate={rate} />}
        </p>
        <BudgetBar status={status} />
        <PacingLine status={status} />
      </Cell>
      <Cell numeric className={remaining < 0n ? "text-danger" : ""}>
        {shown(remaining)}
      </Cell>
      <Cell numeric>
        {forecast === null ? (
          <span className="text-faint" title={t("notEnoughData")}>
            –
          </span>
        ) : (
          shown(forecast.p50)
        )}
      </Cell>
      <Cell className="whitespace-nowrap">
        {crossing.expected === null ? (
          <span className="text-faint">–</span>
        ) : (
          day(crossing.expected)
        )}
      </Cell>
      <Cell className="whitespace-nowrap text-muted">{day(period.end)}</Cell>
      <Cell className="whitespace-nowrap">
        <StateBadge state={status.state} />
        {mute !== null && <span className="ml-1.5 text-muted text-xs">{t("muted")}</span>}
        {waiting > 0 && (
          <p className="mt-1 font-medium text-warn text-xs">{t("waiting", { count: waiting })}</p>
        )}
      </Cell>
    </Row>
  );
}
