import type { Costs } from "#lib/cost-model/costs.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import { parseUsd, toDecimal } from "#lib/money/money.ts";
import type { LineSubject, StatementLine } from "./statement-line.ts";

/** The columns that closed lines and adjustments share, as the database hands them over. */
export type SubjectRow = {
  readonly team: string;
  readonly cost_center: string | null;
  readonly kind: string;
  readonly provider: string | null;
  readonly model: string | null;
  readonly charge_id: string | null;
  readonly charge_name: string | null;
  readonly pool_id: string | null;
  readonly pool_name: string | null;
  readonly list: string;
  readonly contracted: string;
  readonly effective: string;
  readonly billed: string;
};

export function subjectFromRow(row: SubjectRow): LineSubject & { readonly costs: Costs } {
  const kind = LINE_KINDS.find((known) => known === row.kind);
  if (kind === undefined) throw new Error(`a line of no known kind: ${row.kind}`);
  return {
    ...{ team: row.team, costCenter: row.cost_center, kind },
    ...{ provider: row.provider, model: row.model },
    ...{ chargeId: row.charge_id, chargeName: row.charge_name },
    ...{ poolId: row.pool_id, poolName: row.pool_name },
    costs: {
      list: parseUsd(row.list),
      contracted: parseUsd(row.contracted),
      effective: parseUsd(row.effective),
      billed: parseUsd(row.billed),
    },
  };
}

export function subjectToRow(
  line: LineSubject & { readonly costs: StatementLine["costs"] },
): SubjectRow {
  return {
    ...{ team: line.team, cost_center: line.costCenter, kind: line.kind },
    ...{ provider: line.provider, model: line.model },
    ...{ charge_id: line.chargeId, charge_name: line.chargeName },
    ...{ pool_id: line.poolId, pool_name: line.poolName },
    list: toDecimal(line.costs.list),
    contracted: toDecimal(line.costs.contracted),
    effective: toDecimal(line.costs.effective),
    billed: toDecimal(line.costs.billed),
  };
}
