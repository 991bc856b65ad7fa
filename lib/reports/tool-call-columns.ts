import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, count, text } from "#lib/tables/column.ts";
import type { ToolCallRow } from "./tool-calls.ts";
import type { Dimension } from "./usage-query.ts";

/** Tool calls as a file: their groups and how they ended. */
export function toolCallColumns(groupBy: readonly Dimension[]): readonly Column<ToolCallRow>[] {
  return [
    ...groupBy.map((dimension) => text<ToolCallRow>(dimension, ({ group }) => group[dimension])),
    count("calls", ({ calls }) => calls),
    count("ok", ({ ok }) => ok),
    count("errors", ({ errors }) => errors),
    count("rejected", ({ rejected }) => rejected),
    amount("cost", ({ cost }) => cost),
    text("currency", () => CURRENCY),
    count("unpriced_calls", ({ unpricedCalls }) => unpricedCalls),
  ];
}
