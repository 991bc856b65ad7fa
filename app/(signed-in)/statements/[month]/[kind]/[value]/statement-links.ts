import { lineReceiptHref, linesHref, monthShown, paymentOf } from "#app/_costs/line-links.ts";
import { receiptHref } from "#app/_query/links.ts";
import type { CostLineFilter } from "#lib/close/cost-lines.ts";
import type { ModelUsage } from "#lib/close/model-usage.ts";
import type { Statement } from "#lib/close/read-statement.ts";
import type { StatementLine } from "#lib/close/statement-line.ts";
import type { CostBasis } from "#lib/reports/usage-query.ts";

type Of = Pick<Statement, "of" | "month" | "timeZone">;

/** The lines of a statement behind one of its sums. */
export function statementLinesHref(
  { of, month, timeZone }: Of,
  filter: CostLineFilter = {},
  costBasis: CostBasis = "effective",
): string {
  const whose = of.kind === "team" ? { team: of.value } : { costCenter: of.value };
  const shown = { ...monthShown(month, timeZone), costBasis };
  return linesHref(shown, { filter: { ...whose, ...filter }, asClosed: true });
}

/** How a fixed line of the month came about: of a team day by day, of a cost centre its teams' lines. */
export function fixedLineHref(
  statement: Of,
  { kind, chargeId, poolId }: Pick<StatementLine, "kind" | "chargeId" | "poolId">,
  costBasis: CostBasis,
): string {
  const { of, month, timeZone } = statement;
  if (of.kind === "cost_center") {
    return statementLinesHref(statement, { kinds: [kind], chargeId, poolId }, costBasis);
  }
  const line = { team: of.value, kind, chargeId, poolId };
  return lineReceiptHref({ ...monthShown(month, timeZone), costBasis }, line);
}

/** The receipt of what was used of a model. */
export function modelReceiptHref(
  { of, month, timeZone }: Of,
  { kind, provider, model }: Pick<ModelUsage, "kind" | "provider" | "model">,
  costBasis: CostBasis,
): string {
  const shown = { ...monthShown(month, timeZone), costBasis };
  const filters = { [of.kind]: [of.value], provider: [provider], model: [model] };
  return receiptHref({ ...shown, filters }, paymentOf(kind));
}
