import type { Costs } from "#lib/cost-model/costs.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, text } from "./column.ts";

/** FOCUS's four costs of a row and their currency, as every file has them. */
export function costColumns<Row>(of: (row: Row) => Costs): Column<Row>[] {
  return [
    amount("list_cost", (row) => of(row).list),
    amount("contracted_cost", (row) => of(row).contracted),
    amount("effective_cost", (row) => of(row).effective),
    amount("billed_cost", (row) => of(row).billed),
    text("currency", () => CURRENCY),
  ];
}
