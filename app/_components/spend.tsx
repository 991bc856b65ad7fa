import { receiptHref } from "#app/_query/links.ts";
import type { PageQuery } from "#app/_query/page-query.ts";
import type { Measures } from "#lib/reports/usage-query.ts";
import { Amount } from "./amount.tsx";
import { FigureLink } from "./figure-link.tsx";

/**
 * What a group of usage cost, with the way to its receipt. Where nothing in it
 * can have a price there is no amount, not a zero.
 */
export function Spend({
  measures,
  query = null,
}: {
  readonly measures: Pick<Measures, "cost" | "modelCalls" | "unpricedCalls" | "toolCalls">;
  /** What the group is of; null where its row leads to what is behind it. */
  readonly query?: PageQuery | null;
}) {
  const { cost, modelCalls, unpricedCalls, toolCalls } = measures;
  if (cost === 0n && modelCalls === 0 && unpricedCalls === 0 && toolCalls > 0) {
    return <span className="text-faint">–</span>;
  }
  return (
    <FigureLink href={query && receiptHref(query)}>
      <Amount usd={cost} unpricedCalls={unpricedCalls} compact />
    </FigureLink>
  );
}
