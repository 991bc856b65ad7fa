import { paysFor } from "#lib/cost-model/charge.ts";
import { hasCosts } from "#lib/cost-model/costs.ts";
import { addUsd, splitUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { Prepaid } from "#lib/pricing/rate-set.ts";
import { type ChargeLine, chargeRow } from "./charge-rows.ts";
import type { FocusRow } from "./focus-row.ts";
import type { Account } from "./frame.ts";
import { type UsageGroup, type UsagePart, usageParts, withCosts } from "./usage-rows.ts";

type Told = { readonly group: UsageGroup; readonly part: UsagePart };

/**
 * The rows of one day: usage first, then what is beside it. As FOCUS asks, the
 * effective cost of plans, credits and commitments is on the usage that they
 * paid for, by what it was worth, and not on the purchase; on a day without
 * such usage it stays a line of its own. In each of the four costs the rows add up to the day.
 */
export function dayRows(
  account: Account,
  groups: readonly UsageGroup[],
  lines: readonly ChargeLine[],
): FocusRow[] {
  const told = groups.flatMap((group) =>
    usageParts(account, group).map((part): Told => ({ group, part })),
  );
  const drawn = new Map<string, Usd>();
  const kept = lines.map((line) => {
    const key = drawKey(line);
    if (key === null || weights(told, key).length === 0) return line;
    drawn.set(key, addUsd(drawn.get(key) ?? ZERO_USD, line.costs.effective));
    return { ...line, costs: { ...line.costs, effective: ZERO_USD } };
  });
  const usage = [...drawn].reduce((all, [key, amount]) => carry(all, key, amount), told);
  return [
    ...usage.map(({ part }) => withCosts(part)),
    ...kept.filter(({ costs }) => hasCosts(costs)).map((line) => chargeRow(account, line)),
  ];
}

/** Whose usage carries the cost of a line; null for lines that stay as they are. */
function drawKey({ kind, team, charge }: ChargeLine): string | null {
  if (kind !== "charge" || charge === null) return null;
  const source = paysFor(charge);
  return source === null ? null : keyOf(team, source);
}

function keyOf(team: string, funding: Prepaid): string {
  return `${funding} ${team}`;
}

function weights(told: readonly Told[], key: string): Told[] {
  return told.filter(({ group, part }) => {
    const funding = group.rateSet?.funding;
    const draws = funding !== undefined && keyOf(group.team, funding) === key;
    return draws && part.costs.contracted > 0n;
  });
}

function carry(told: readonly Told[], key: string, amount: Usd): Told[] {
  const bearers = weights(told, key);
  const shares = splitUsd(
    amount,
    bearers.map(({ part }) => part.costs.contracted),
  );
  const borne = new Map(bearers.map((bearer, index) => [bearer, shares[index] ?? ZERO_USD]));
  return told.map((one) => {
    const share = borne.get(one);
    if (share === undefined) return one;
    const { row, costs } = one.part;
    return {
      ...one,
      part: { row, costs: { ...costs, effective: addUsd(costs.effective, share) } },
    };
  });
}
