import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Panel } from "#app/_components/panel.tsx";
import { percentOf } from "#app/_format/format-budget.ts";
import { AtRate } from "#app/_reporting/amount-at-rate.tsx";
import { reportingToday } from "#app/_reporting/reporting-rates.ts";
import { context, requestTime } from "#app/_server/context.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { listBudgets } from "#lib/budget-control/read-budgets.ts";
import { BUDGET_STATES, type BudgetStatus } from "#lib/budgets/status.ts";
import { CURRENCY, type Usd } from "#lib/money/money.ts";
import { BudgetBar } from "../budgets/budget-bar.tsx";
import { SpentOf } from "../budgets/spent-of.tsx";
import { StateBadge } from "../budgets/state-badge.tsx";

const SHOWN = 4;

/** The viewer's budgets that need a look most; nothing while there are none. */
export async function BudgetsPanel({ viewer }: { readonly viewer: Viewer }) {
  const now = await requestTime();
  const [{ budgets }, t, reporting] = await Promise.all([
    listBudgets(context().sql, viewer, now.getTime()),
    getTranslations("Budgets"),
    reportingToday(now),
  ]);
  if (budgets.length === 0) return null;
  const worst = budgets.map(({ status }) => status).toSorted(byNeed);
  return (
    <Panel
      title={t("title")}
      actions={
        <Link
          href="/budgets"
          className="inline-flex min-h-6 items-center px-2 font-medium text-muted text-xs hover:text-text"
        >
          {t("allBudgets")}
        </Link>
      }
    >
      <ul className="grid bg-line *:bg-surface [gap:1px] sm:grid-cols-2 xl:grid-cols-4">
        {worst.slice(0, SHOWN).map((status) => (
          <li key={status.budget.id} className="flex min-w-0 flex-col gap-2 px-4 py-3">
            <p className="flex items-center justify-between gap-2">
              <Link
                href={`/budgets/${status.budget.id}`}
                className="truncate font-medium underline-offset-2 hover:underline"
              >
                {status.budget.name}
              </Link>
              <StateBadge state={status.state} />
            </p>
            <BudgetBar status={status} />
            <p className="figures text-muted text-xs">
              <SpentOf spent={status.spent} limit={status.limit.total} unit={status.budget.unit} />
              {status.budget.unit === CURRENCY && (
                <AtRate usd={status.spent as bigint as Usd} rate={reporting?.rate ?? null} />
              )}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The worst state first, then the fullest. */
function byNeed(a: BudgetStatus, b: BudgetStatus): number {
  const state = BUDGET_STATES.indexOf(a.state) - BUDGET_STATES.indexOf(b.state);
  return state !== 0 ? state : fullness(b) - fullness(a);
}

function fullness({ spent, limit }: BudgetStatus): number {
  return percentOf(spent, limit.total);
}
