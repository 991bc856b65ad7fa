import type { ControlTotals } from "./control.ts";
import { queryText } from "./query-parameters.ts";

type Told = Pick<
  ControlTotals,
  | "export"
  | "parameters"
  | "as_of"
  | "price_book_version"
  | "rule_version"
  | "cost_model_version"
  | "rows"
  | "sums"
>;

/**
 * The path of the page that asks the same question again and sets what a file
 * said beside what the ledger says now.
 */
export function checkLink(told: Told): string {
  return `/exports/check?${queryText({
    export: told.export,
    as_of: told.as_of,
    rows: String(told.rows),
    ...{ prices: told.price_book_version, rules: told.rule_version },
    costs: told.cost_model_version,
    parameters: queryText(told.parameters),
    ...Object.fromEntries(Object.entries(told.sums).map(([name, sum]) => [`sum.${name}`, sum])),
  })}`;
}
