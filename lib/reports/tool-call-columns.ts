import { CURRENCY } from "#lib/money/money.ts";
import { amount, type Column, count, decimal, text } from "#lib/tables/column.ts";
import type { CallTiming } from "./call-timing.ts";
import type { ToolCallRow } from "./tool-calls.ts";
import type { Dimension } from "./usage-query.ts";

/**
 * Tool calls as a file: their groups and how they ended.
 *
 * @param timings By tool, how often the latest calls were made again and how long they took.
 */
export function toolCallColumns(
  groupBy: readonly Dimension[],
  timings: ReadonlyMap<string | null, CallTiming> | null = null,
): readonly Column<ToolCallRow>[] {
  return [
    ...groupBy.map((dimension) => text<ToolCallRow>(dimension, ({ group }) => group[dimension])),
    count("calls", ({ calls }) => calls),
    count("ok", ({ ok }) => ok),
    count("errors", ({ errors }) => errors),
    count("rejected", ({ rejected }) => rejected),
    amount("cost", ({ cost }) => cost),
    text("currency", () => CURRENCY),
    count("unpriced_calls", ({ unpricedCalls }) => unpricedCalls),
    ...(timings === null ? [] : timingColumns(timings)),
  ];
}

function timingColumns(
  timings: ReadonlyMap<string | null, CallTiming>,
): readonly Column<ToolCallRow>[] {
  const of = ({ group }: ToolCallRow) => timings.get(group.tool ?? null);
  return [
    count("repeats", (row) => of(row)?.repeats),
    decimal("duration_ms_median", (row) => of(row)?.duration?.medianMs.toString()),
    decimal("duration_ms_p95", (row) => of(row)?.duration?.p95Ms.toString()),
    decimal("duration_ms_longest", (row) => of(row)?.duration?.longestMs.toString()),
  ];
}
