import { ZERO_USD } from "#lib/money/money.ts";
import type { UsageOfDay } from "./cost-inputs.ts";
import { prepaidBy } from "./funding.ts";
import { modelInForce, type TeamModel } from "./team-model.ts";

/**
 * The usage as it stands once it is re-priced under other funding rules: what
 * pays for it changes, and with it what it costs itself. Usage that a plan pays
 * for by the producer's own word stays.
 */
export function refunded(
  usage: readonly UsageOfDay[],
  before: readonly TeamModel[],
  after: readonly TeamModel[],
): UsageOfDay[] {
  return usage.map((row) => {
    const ruled = (models: readonly TeamModel[]) => {
      const rules = modelInForce(models, row.team, row.day)?.funding ?? [];
      return prepaidBy(rules, { provider: row.provider ?? "", model: row.model ?? "" });
    };
    const was = ruled(before);
    if (row.funding === "plan" && was !== "plan") return row;
    const funding = ruled(after);
    if (funding === row.funding || funding === was) return row;
    const { list, contracted } = row.costs;
    const own = funding === null ? contracted : ZERO_USD;
    return { ...row, funding, costs: { list, contracted, effective: own, billed: own } };
  });
}
