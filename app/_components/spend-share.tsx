import type { Measures } from "#lib/reports/usage-query.ts";
import { Share } from "./share.tsx";

/** What part of the whole spend a group is; that of calls without a price is not known, so it is not 0 %. */
export function SpendShare({
  measures: { cost, unpricedCalls },
  total,
}: {
  readonly measures: Pick<Measures, "cost" | "unpricedCalls">;
  readonly total: Pick<Measures, "cost">;
}) {
  return <Share part={cost} of={total.cost} isKnown={cost !== 0n || unpricedCalls === 0} />;
}
