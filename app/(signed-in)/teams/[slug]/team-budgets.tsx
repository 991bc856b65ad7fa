import { getTranslations } from "next-intl/server";
import { Panel } from "#app/_components/panel.tsx";
import { reportingToday } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { listBudgets } from "#lib/budget-control/read-budgets.ts";
import { BudgetTable } from "../../budgets/budget-table.tsx";

/** The budgets that are about the team; nothing while there are none. */
export async function TeamBudgets({
  viewer,
  slug,
}: {
  readonly viewer: Viewer;
  readonly slug: string;
}) {
  const now = await requestTime();
  const [{ budgets, timeZone }, t, reporting] = await Promise.all([
    listBudgets(context().sql, viewer, now.getTime()),
    getTranslations("Budgets"),
    reportingToday(now),
  ]);
  const own = budgets.filter(({ status }) => status.budget.scope.team === slug);
  if (own.length === 0) return null;
  return (
    <Panel title={t("title")}>
      <BudgetTable budgets={own} timeZone={timeZone} rate={reporting?.rate ?? null} />
    </Panel>
  );
}
