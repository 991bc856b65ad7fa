import type { Measures } from "#lib/reports/usage-query.ts";
import { Amount } from "./amount.tsx";

/** What a group of usage cost. Where nothing in it can have a price there is no amount, not a zero. */
export function Spend({
  measures,
}: {
  readonly measures: Pick<Measures, "cost" | "modelCalls" | "unpricedCalls" | "toolCalls">;
}) {
  const { cost, modelCalls, unpricedCalls, toolCalls } = measures;
  if (cost === 0n && modelCalls === 0 && unpricedCalls === 0 && toolCalls > 0) {
    return <span className="text-faint">–</span>;
  }
  return <Amount usd={cost} unpricedCalls={unpricedCalls} compact />;
}
