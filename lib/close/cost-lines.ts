import type { ReadScope } from "#lib/access/read-scope.ts";
import { hasCosts } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type TeamCostLine, teamCosts } from "#lib/reports/team-costs.ts";
import type { LineSubject, StatementLine } from "./statement-line.ts";
import { readStatements } from "./statements.ts";

/** A line of what teams cost in a period. */
export type CostLine = LineSubject & Pick<StatementLine, "costs">;

/** Which of them: all that is named must hold. A null cost centre is none. */
export type CostLineFilter = Partial<
  Pick<LineSubject, "team" | "costCenter" | "chargeId" | "poolId">
> & { readonly kinds?: readonly LineSubject["kind"][] };

export type CostLineQuery = {
  /** Whole days of the organisation's zone. */
  readonly from: Date;
  readonly to: Date;
  /** Closed months as they were closed, usage by model; else as the ledger says now. Both have one sum. */
  readonly asClosed: boolean;
  readonly filter: CostLineFilter;
};

/**
 * The lines behind a sum of what teams cost, in the order of `teamCosts` or of
 * the statements.
 *
 * @throws {AppError} "invalid" unless the period is of whole days.
 */
export async function costLines(
  sql: SqlClient,
  scope: ReadScope,
  { from, to, asClosed, filter }: CostLineQuery,
): Promise<readonly CostLine[]> {
  const lines: readonly CostLine[] = asClosed
    ? (await readStatements(sql, scope, { from, to })).lines
    : (await teamCosts(sql, scope, { from, to, bucket: "none" })).lines.map(ofLedger);
  return lines.filter((line) => hasCosts(line.costs) && isWanted(line, filter));
}

function ofLedger({ charge, pool, ...line }: TeamCostLine): CostLine {
  return {
    ...line,
    ...{ provider: null, model: null },
    ...{ chargeId: charge?.id ?? null, chargeName: charge?.name ?? null },
    ...{ poolId: pool?.id ?? null, poolName: pool?.name ?? null },
  };
}

function isWanted(line: CostLine, { kinds, ...same }: CostLineFilter): boolean {
  const names = Object.keys(same) as (keyof typeof same)[];
  return (
    (kinds === undefined || kinds.includes(line.kind)) &&
    names.every((name) => same[name] === undefined || same[name] === line[name])
  );
}
