import type { Viewer } from "#lib/access/viewer.ts";
import { maySee } from "#lib/budget-control/budget-access.ts";
import { readBudgetBook } from "#lib/budget-control/budget-facts.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { PerBand } from "#lib/forecast/band-levels.ts";
import { maySeeScope, parseScope } from "./scope.ts";

/** How good past forecasts of a scope were, as of the last refit. Shares as fractions; null: nothing to say yet. */
export type ScopeAccuracy = {
  readonly scope: string;
  readonly asOf: string;
  readonly forecasts: number;
  readonly days: number;
  readonly wape: number | null;
  readonly naiveWape: number | null;
  readonly naiveBias: number | null;
  readonly bias: number | null;
  readonly held: PerBand<number | null>;
  readonly totalError: number | null;
  readonly naiveTotalError: number | null;
  readonly isNaiveBetter: boolean;
  /** Fewer forecasts than a percentage should be made of. */
  readonly isTooFew: boolean;
};

const FEWEST_SHOWN = 8;
const MOST = 20_000;

type Row = {
  readonly scope: string;
  readonly as_of: string;
  readonly forecasts: number;
  readonly days: number;
  readonly wape: number | null;
  readonly naive_wape: number | null;
  readonly naive_bias: number | null;
  readonly bias: number | null;
  readonly held_50: number | null;
  readonly held_80: number | null;
  readonly held_95: number | null;
  readonly total_error: number | null;
  readonly naive_total_error: number | null;
  readonly is_naive_better: boolean;
};

/**
 * The accuracy of the viewer's scopes, by name; models of single teams only
 * where they are asked for.
 *
 * @param only One scope; none for all.
 */
export async function readAccuracy(
  sql: SqlClient,
  viewer: Viewer,
  only: string | null,
  now: number,
): Promise<ScopeAccuracy[]> {
  const rows = await sql<Row[]>`
    select scope, as_of::text, forecasts, days, wape, naive_wape, bias, naive_bias, held_50, held_80, held_95,
           total_error, naive_total_error, is_naive_better
      from forecast_accuracy
     where case when ${only}::text is null then scope not like 'team:%/model:%'
                else scope = ${only}::text end
     order by scope collate "C" limit ${MOST}`;
  const hasBudgets = rows.some(({ scope }) => scope.startsWith("budget:"));
  const budgets = hasBudgets ? (await readBudgetBook(sql, now)).budgets : [];
  const seen = new Set(budgets.filter((budget) => maySee(viewer, budget)).map(({ id }) => id));
  return rows
    .filter((row) => {
      const scope = parseScope(row.scope);
      return scope.kind === "budget" ? seen.has(scope.id) : maySeeScope(viewer, scope);
    })
    .map((row) => ({
      scope: row.scope,
      asOf: row.as_of,
      forecasts: row.forecasts,
      days: row.days,
      wape: row.wape,
      naiveWape: row.naive_wape,
      naiveBias: row.naive_bias,
      bias: row.bias,
      held: { 50: row.held_50, 80: row.held_80, 95: row.held_95 },
      totalError: row.total_error,
      naiveTotalError: row.naive_total_error,
      isNaiveBetter: row.is_naive_better,
      isTooFew: row.forecasts < FEWEST_SHOWN,
    }));
}
