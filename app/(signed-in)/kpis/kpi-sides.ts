import { ALL_TEAMS } from "#app/_costs/all-teams.ts";
import { daysPairs, hrefWith } from "#app/_query/links.ts";
import { monthNamed } from "#lib/close/month.ts";
import { STATEMENT_PARTS } from "#lib/close/statement-rows.ts";
import type { LineKind } from "#lib/cost-model/team-lines.ts";
import type { JudgedDays } from "#lib/kpis/forecast-error.ts";
import type { KpiName } from "#lib/kpis/kpi.ts";
import type { MonthKpis } from "#lib/kpis/read-kpis.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { countPairs } from "../explore/explore-pairs.ts";

/** The pages that show what a figure of a month is made of: what is divided, and by what. */
export function sidesOf(
  name: KpiName,
  { month, judgedDays }: Pick<MonthKpis, "month" | "judgedDays">,
): readonly [string, string] {
  const { first, end } = monthNamed(month);
  const days = daysPairs(dayText(first), dayText(end - 1));
  const ofMonth = (path: string, more: [string, string][] = []) =>
    hrefWith(path, [...days, ...more]);
  const statements = `/statements?month=${month}`;
  const lines = (kinds: readonly LineKind[], more: [string, string][] = []) =>
    ofMonth(`/cost-models/${ALL_TEAMS}/lines`, [
      ...kinds.map((kind): [string, string] => ["line", kind]),
      ...more,
      ["as", "closed"],
    ]);
  const { usage, fixed } = STATEMENT_PARTS;
  switch (name) {
    case "allocation_coverage":
      return [statements, lines([])];
    case "pricing_coverage":
      return [ofMonth("/models"), ofMonth("/models")];
    case "reconciliation_gap":
      return ["/reconciliation", "/reconciliation"];
    case "budget_variance":
      return ["/budgets", "/budgets"];
    case "forecast_error":
      return ["/forecasts", judgedDays === null ? ofMonth("/explore") : spentOn(judgedDays)];
    case "realised_price_index":
      return [lines([...usage, ...fixed]), lines(usage, [["cost", "list"]])];
    case "cost_per_developer_day":
      return [
        ofMonth("/explore", countPairs("spend", "user")),
        ofMonth("/explore", [...countPairs("model_calls", "user"), ["bucket", "day"]]),
      ];
    case "seat_utilisation":
      return [ofMonth("/plan-or-pay"), ofMonth("/plan-or-pay")];
  }
}

function spentOn({ first, last }: JudgedDays): string {
  return hrefWith("/explore/receipt", daysPairs(first, last));
}
