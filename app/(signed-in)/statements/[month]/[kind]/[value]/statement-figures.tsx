import { useLocale, useTranslations } from "next-intl";
import { Amount } from "#app/_components/amount.tsx";
import { FigureTile, FigureTiles } from "#app/_components/figure-tiles.tsx";
import { formatBudgetAmount, percentOf } from "#app/_format/format-budget.ts";
import { formatShare } from "#app/_format/format-count.ts";
import { AtRate, RateNote } from "#app/_reporting/amount-at-rate.tsx";
import type { ReportingRates } from "#app/_reporting/reporting-rates.ts";
import { ChangeSince } from "#app/_statements/change-since.tsx";
import type { Statement } from "#lib/close/read-statement.ts";
import type { StatementBudget } from "#lib/close/statement-budgets.ts";
import { subtractUsd } from "#lib/money/money.ts";
import { statementLinesHref } from "./statement-links.ts";

/** The few figures one looks for first. */
export function StatementFigures({
  statement,
  budgets,
  reporting,
}: {
  readonly statement: Statement;
  readonly budgets: readonly StatementBudget[];
  readonly reporting: ReportingRates | null;
}) {
  const t = useTranslations("Statements");
  const locale = useLocale();
  const { total, unpricedCalls, before } = statement;
  const rate = reporting?.rates.on(reporting.currency, reporting.lastDay) ?? null;
  const saved = subtractUsd(total.list, total.effective);
  const share = saved > 0n ? formatShare(saved, total.list, locale) : null;
  return (
    <>
      <FigureTiles frame="rules">
        <FigureTile
          label={t("total")}
          note={t("effectiveNote")}
          figure={<Amount usd={total.effective} unpricedCalls={Number(unpricedCalls)} />}
          href={statementLinesHref(statement)}
          also={<AtRate usd={total.effective} rate={rate} />}
        />
        <FigureTile
          label={t("list")}
          note={share === null ? t("listNote2") : t("saved", { share })}
          figure={<Amount usd={total.list} unpricedCalls={Number(unpricedCalls)} compact />}
          href={statementLinesHref(statement, {}, "list")}
          also={<AtRate usd={total.list} rate={rate} />}
        />
        <FigureTile
          label={t("before")}
          note={before !== null && <ChangeSince now={total.effective} before={before.effective} />}
          figure={before === null ? "–" : <Amount usd={before.effective} />}
        />
        <FigureTile
          label={t("budget")}
          note={budgets.map(({ id, name, unit, limit, spent }) => (
            <span key={id} className="block">
              {t("budgetUsed", {
                name,
                spent: formatBudgetAmount(spent, unit, locale),
                percent: `${Math.round(percentOf(spent, limit))} %`,
              })}
            </span>
          ))}
          figure={
            budgets[0] === undefined
              ? t("noBudget")
              : formatBudgetAmount(budgets[0].limit, budgets[0].unit, locale)
          }
        />
      </FigureTiles>
      {reporting && (
        <div className="px-6 pt-3">
          <RateNote of="period" reporting={reporting} />
        </div>
      )}
    </>
  );
}
