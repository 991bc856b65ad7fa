import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Amount } from "#app/_components/amount.tsx";
import { formatBudgetAmount, percentOf } from "#app/_format/format-budget.ts";
import { formatShare } from "#app/_format/format-count.ts";
import { ChangeSince } from "#app/_statements/change-since.tsx";
import type { Statement } from "#lib/close/read-statement.ts";
import type { StatementBudget } from "#lib/close/statement-budgets.ts";
import { subtractUsd } from "#lib/money/money.ts";

/** The few figures one looks for first. */
export function StatementFigures({
  statement: { total, unpricedCalls, before },
  budgets,
}: {
  readonly statement: Statement;
  readonly budgets: readonly StatementBudget[];
}) {
  const t = useTranslations("Statements");
  const locale = useLocale();
  const saved = subtractUsd(total.list, total.effective);
  const share = saved > 0n ? formatShare(saved, total.list, locale) : null;
  return (
    <dl className="grid gap-px border-line border-y bg-line sm:grid-cols-2 lg:grid-cols-4 print:grid-cols-4">
      <Figure name={t("total")} note={t("effectiveNote")}>
        <Amount usd={total.effective} unpricedCalls={Number(unpricedCalls)} />
      </Figure>
      <Figure name={t("list")} note={share === null ? t("listNote2") : t("saved", { share })}>
        <Amount usd={total.list} />
      </Figure>
      <Figure
        name={t("before")}
        note={before !== null && <ChangeSince now={total.effective} before={before.effective} />}
      >
        {before === null ? "–" : <Amount usd={before.effective} />}
      </Figure>
      <Figure
        name={t("budget")}
        note={budgets.map(({ id, name, unit, limit, spent }) => (
          <span key={id} className="block">
            {t("budgetUsed", {
              name,
              spent: formatBudgetAmount(spent, unit, locale),
              percent: `${Math.round(percentOf(spent, limit))} %`,
            })}
          </span>
        ))}
      >
        {budgets[0] === undefined
          ? t("noBudget")
          : formatBudgetAmount(budgets[0].limit, budgets[0].unit, locale)}
      </Figure>
    </dl>
  );
}

function Figure({
  name,
  note,
  children,
}: {
  readonly name: string;
  readonly note: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="bg-surface px-6 py-4 print:px-5">
      <dt className="text-muted">{name}</dt>
      <dd className="figures font-semibold text-lg">{children}</dd>
      <dd className="text-muted text-xs">{note}</dd>
    </div>
  );
}
