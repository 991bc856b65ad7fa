import { multiplyFraction, splitUsd, subtractUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { addMonths, type CivilDay, monthOf } from "#lib/time/civil-day.ts";
import { amortised, billingPeriods } from "./amortise.ts";
import { type Charge, isDrawn, isInForce, paysFor } from "./charge.ts";
import type { CostInputs, UsageOfDay } from "./cost-inputs.ts";
import { type Costs, NO_COSTS } from "./costs.ts";
import { type ChargeDay, type Demand, type Drawable, drawable } from "./draw-down.ts";
import { inDrawOrder } from "./draw-order.ts";
import { fits } from "./funding.ts";
import { type SeatUse, seatUse } from "./seat-use.ts";

/** An amount of a charge on a day. */
export type ChargeLine = {
  readonly day: CivilDay;
  readonly kind: "charge" | "idle" | "overage";
  readonly charge: string | null;
  /** Whose it is; null: nobody's, or the pool's. */
  readonly team: string | null;
  readonly pool: string | null;
  readonly costs: Costs;
};

/**
 * What charges come to on the days of a period: billed on the day that a
 * purchase is due, effective by amortisation, to those who used it; the rest
 * is idle and its owner's. Usage beyond credits and commitments is owed at
 * contract rates.
 */
export function chargeLines(inputs: CostInputs): ChargeLine[] {
  const { from, to, charges } = inputs;
  const drawn = drawnDays(inputs);
  const days = [...drawn.days, ...planDays(inputs)].filter(({ day }) => from <= day);
  return [
    ...charges.flatMap((charge) => purchases(charge, from, to)),
    ...charges.filter(({ kind }) => kind === "fee").flatMap((fee) => feeDays(fee, from, to)),
    ...days.flatMap(linesOf),
    ...drawn.overage.filter(({ day }) => from <= day),
  ];
}

function purchases(charge: Charge, from: CivilDay, to: CivilDay): ChargeLine[] {
  return billingPeriods(charge, from, to)
    .filter((period) => period.from >= from && period.price > 0n)
    .map((period) => ({
      ...{ day: period.from, kind: "charge" as const, charge: charge.id },
      ...{ team: charge.team, pool: charge.pool },
      costs: { ...NO_COSTS, billed: period.price },
    }));
}

/** A fee covers no usage whose worth is told elsewhere, so it is its own list and contracted cost. */
function feeDays(charge: Charge, from: CivilDay, to: CivilDay): ChargeLine[] {
  return daysOf(charge, from, to).map(([day, amount]) => ({
    ...{ day, kind: "charge" as const, charge: charge.id, team: charge.team, pool: charge.pool },
    costs: { list: amount, contracted: amount, effective: amount, billed: ZERO_USD },
  }));
}

function daysOf(charge: Charge, from: CivilDay, to: CivilDay): (readonly [CivilDay, Usd])[] {
  return billingPeriods(charge, from, to).flatMap((period) => {
    const first = Math.max(from, period.from);
    const count = Math.max(0, Math.min(to, period.to) - first);
    return Array.from({ length: count }, (_, i) => {
      const day = first + i;
      return [day, amortised(period, day, day + 1)] as const;
    });
  });
}

function linesOf({ charge, day, used, idle }: ChargeDay): ChargeLine[] {
  const about = { day, charge: charge.id };
  const lines: ChargeLine[] = used.map(([team, effective]) => ({
    ...{ ...about, team, kind: "charge" as const, pool: null },
    costs: { ...NO_COSTS, effective },
  }));
  if (idle === 0n) return lines;
  const { team, pool } = charge;
  return [
    ...lines,
    { ...about, team, pool, kind: "idle", costs: { ...NO_COSTS, effective: idle } },
  ];
}

function planDays({ from, to, charges, users }: CostInputs): ChargeDay[] {
  const plans = charges.filter((charge) => paysFor(charge) === "plan");
  const byMonth = Map.groupBy(users, ({ month }) => month);
  const days: ChargeDay[] = [];
  for (let month = monthOf(from); month < to; month = addMonths(month, 1)) {
    const [first, end] = [Math.max(from, month), Math.min(to, addMonths(month, 1))];
    const inMonth = plans.filter((plan) => billingPeriods(plan, first, end).length > 0);
    const use = seatUse(inMonth, byMonth.get(month) ?? []);
    for (const charge of inMonth) {
      const found = use.get(charge);
      for (const [day, amount] of daysOf(charge, first, end)) {
        days.push(planDay(charge, day, amount, found));
      }
    }
  }
  return days;
}

function planDay(charge: Charge, day: CivilDay, amount: Usd, use: SeatUse | undefined): ChargeDay {
  if (use === undefined || use.seats === 0)
    return { charge, day, used: [], idle: amount, drawing: null };
  const used = multiplyFraction(amount, BigInt(use.seats), BigInt(charge.quantity));
  const teams = [...use.byTeam];
  const parts = splitUsd(
    used,
    teams.map(([, people]) => BigInt(people)),
  );
  return {
    charge,
    day,
    used: teams.map(([team], i) => [team, parts[i] ?? ZERO_USD] as const),
    idle: subtractUsd(amount, used),
    drawing: null,
  };
}

/** Credits and commitments remember what was drawn, so their days are gone through from the first. */
export function drawnDays(inputs: CostInputs): { days: ChargeDay[]; overage: ChargeLine[] } {
  const { to, charges, usage } = inputs;
  const drawn = charges.filter(isDrawn);
  const draws = new Map(drawn.map((charge) => [charge, drawable(charge, to)]));
  const prepaid = usage.filter(({ funding, day }) => asksFor(funding) && day < to);
  const byDay = Map.groupBy(prepaid, ({ day }) => day);
  const first = Math.min(to, ...drawn.map(({ startsOn }) => startsOn), ...byDay.keys());
  const days: ChargeDay[] = [];
  const overage: ChargeLine[] = [];
  for (let day = first; day < to; day++) {
    const inForce = drawn.filter((charge) => isInForce(charge, day));
    const open = inDrawOrder(inForce, day).flatMap((charge) => draws.get(charge) ?? []);
    for (const row of inOrder(byDay.get(day) ?? [])) overage.push(...draw(row, open));
    for (const { close } of open) days.push(...[close(day)].filter((found) => found !== null));
  }
  return { days, overage };
}

/** Who draws first on a day is the same in every database, and in a preview. */
function inOrder(rows: readonly UsageOfDay[]): UsageOfDay[] {
  const named = rows.map((row) => {
    const { team, costCenter, provider, model } = row;
    return { row, name: JSON.stringify([team, costCenter, provider, model]) };
  });
  return named
    .toSorted((a, b) => Number(a.name > b.name) - Number(a.name < b.name))
    .map(({ row }) => row);
}

/** Whether usage with this funding is drawn from what was paid beforehand. */
export function asksFor(funding: UsageOfDay["funding"]): boolean {
  return funding === "credits" || funding === "commitment";
}

function draw(row: UsageOfDay, open: readonly Drawable[]): ChargeLine[] {
  const { day, team, tokens, costs } = row;
  let rest: Demand = { team, tokens, value: costs.contracted };
  for (const { charge, take } of open) {
    if (rest.value === 0n && rest.tokens === 0n) break;
    const isOurs = charge.team === null || charge.team === team;
    if (isOurs && paysFor(charge) === row.funding && fits(charge, row)) rest = take(day, rest);
  }
  const { value } = rest;
  if (value === 0n) return [];
  const owed = { ...NO_COSTS, effective: value, billed: value };
  return [{ day, team, kind: "overage", charge: null, pool: null, costs: owed }];
}
