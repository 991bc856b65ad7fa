import type { Fraction } from "#lib/money/money.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import type { FundingRule } from "./funding.ts";

/** How a team's cost is built from its usage, from a day on. */
export type TeamModel = {
  /** Null: of every team that has none of its own. */
  readonly team: string | null;
  /** Null: since ever. */
  readonly effectiveFrom: CivilDay | null;
  /** What is added for recharge, as a fraction of the cost. */
  readonly markup: Fraction;
  readonly funding: readonly FundingRule[];
  /** People of the team; null while nobody said. */
  readonly headcount: number | null;
};

/**
 * The model of a team on a day: its own that began last; before the first of
 * its own, and where it has none, the organisation's. Null where there is none.
 */
export function modelInForce<M extends TeamModel>(
  models: readonly M[],
  team: string,
  day: CivilDay,
): M | null {
  const latest = (owner: string | null) =>
    models
      .filter((model) => model.team === owner && (model.effectiveFrom ?? -Infinity) <= day)
      .toSorted((a, b) => (b.effectiveFrom ?? -Infinity) - (a.effectiveFrom ?? -Infinity))[0];
  return latest(team) ?? latest(null) ?? null;
}
