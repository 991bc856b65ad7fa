import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { Notice } from "#app/_components/notice.tsx";
import { Panel } from "#app/_components/panel.tsx";
import { formatBudgetAmount } from "#app/_format/format-budget.ts";
import type { BudgetDetail } from "#lib/budget-control/read-budgets.ts";
import type { RollUpProblem } from "#lib/budgets/roll-up.ts";

/** The budgets above and below, and whether their limits fit. */
export function HierarchyPanel({ detail }: { readonly detail: BudgetDetail }) {
  const t = useTranslations("Budgets");
  const locale = useLocale();
  const { status, parent, rollUp } = detail;
  const { children } = rollUp;
  const unit = status.budget.unit;
  if (parent === null && children.length === 0) return null;
  const problem = (each: RollUpProblem) => {
    if (each.kind === "children_exceed") {
      return t("problems.children_exceed", { over: formatBudgetAmount(each.over, unit, locale) });
    }
    const name = children.find(({ budget }) => budget.id === each.child)?.budget.name ?? "";
    return t(`problems.${each.kind}`, { name });
  };
  return (
    <Panel
      title={t("hierarchy")}
      note={
        children.length > 0
          ? t("allotted", {
              allotted: formatBudgetAmount(rollUp.allotted, unit, locale),
              limit: formatBudgetAmount(status.limit.total, unit, locale),
            })
          : undefined
      }
    >
      <div className="flex flex-col gap-2 p-4">
        {parent !== null && (
          <p>
            {t("parent")}{" "}
            <Link href={`/budgets/${parent.id}`} className="text-accent hover:underline">
              {parent.name}
            </Link>
          </p>
        )}
        {children.map(({ budget, limit }) => (
          <p key={budget.id} className="flex justify-between gap-4">
            <Link href={`/budgets/${budget.id}`} className="text-accent hover:underline">
              {budget.name}
            </Link>
            <span className="figures">{formatBudgetAmount(limit, budget.unit, locale)}</span>
          </p>
        ))}
        {rollUp.problems.map((each) => (
          <Notice key={JSON.stringify(each, textOfBig)} tone="warn" title={problem(each)} />
        ))}
      </div>
    </Panel>
  );
}

function textOfBig(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
