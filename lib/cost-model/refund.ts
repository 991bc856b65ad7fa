import { ZERO_USD } from "#lib/money/money.ts";
import { type CivilDay, monthOf } from "#lib/time/civil-day.ts";
import type { UsageOfDay } from "./cost-inputs.ts";
import { prepaidBy } from "./funding.ts";
import type { PlanUser } from "./seat-use.ts";
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
    const funding = fundingAfter(row, before, after);
    if (funding === row.funding) return row;
    const { list, contracted } = row.costs;
    const own = funding === null ? contracted : ZERO_USD;
    return { ...row, funding, costs: { list, contracted, effective: own, billed: own } };
  });
}

/** A person's usage of a model on a day, whatever paid for it. */
export type UserDay = Omit<PlanUser, "month"> &
  Pick<UsageOfDay, "funding"> & { readonly day: CivilDay };

/** Who uses a plan in each month once usage is re-priced under other funding rules. */
export function refundedUsers(
  days: readonly UserDay[],
  before: readonly TeamModel[],
  after: readonly TeamModel[],
): PlanUser[] {
  const users = new Map<string, PlanUser>();
  for (const row of days) {
    if (fundingAfter(row, before, after) !== "plan") continue;
    const { day, team, user, provider, model } = row;
    const found = { month: monthOf(day), team, user, provider, model };
    users.set(JSON.stringify(found), found);
  }
  return [...users.values()];
}

type Funded = Pick<UsageOfDay, "day" | "team" | "provider" | "model" | "funding">;

function fundingAfter(
  row: Funded,
  before: readonly TeamModel[],
  after: readonly TeamModel[],
): UsageOfDay["funding"] {
  const ruled = (models: readonly TeamModel[]) => {
    const rules = modelInForce(models, row.team, row.day)?.funding ?? [];
    return prepaidBy(rules, { provider: row.provider ?? "", model: row.model ?? "" });
  };
  const was = ruled(before);
  if (row.funding === "plan" && was !== "plan") return row.funding;
  const funding = ruled(after);
  return funding === was ? row.funding : funding;
}
