import { addUsd, subtractUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";

/** FOCUS's four costs of one thing, kept apart; docs/cost-models.md says what each is here. */
export type Costs = {
  readonly list: Usd;
  readonly contracted: Usd;
  readonly effective: Usd;
  readonly billed: Usd;
};

export const NO_COSTS: Costs = {
  list: ZERO_USD,
  contracted: ZERO_USD,
  effective: ZERO_USD,
  billed: ZERO_USD,
};

export function addCosts(a: Costs, b: Costs): Costs {
  return {
    list: addUsd(a.list, b.list),
    contracted: addUsd(a.contracted, b.contracted),
    effective: addUsd(a.effective, b.effective),
    billed: addUsd(a.billed, b.billed),
  };
}

export function subtractCosts(a: Costs, b: Costs): Costs {
  return {
    list: subtractUsd(a.list, b.list),
    contracted: subtractUsd(a.contracted, b.contracted),
    effective: subtractUsd(a.effective, b.effective),
    billed: subtractUsd(a.billed, b.billed),
  };
}

export function negateCosts(costs: Costs): Costs {
  return subtractCosts(NO_COSTS, costs);
}

export function hasCosts({ list, contracted, effective, billed }: Costs): boolean {
  return list !== 0n || contracted !== 0n || effective !== 0n || billed !== 0n;
}
