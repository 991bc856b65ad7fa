import {
  addUsd,
  type Fraction,
  subtractUsd,
  sumUsd,
  type Usd,
  ZERO_USD,
} from "#lib/money/money.ts";
import { addMonths, type CivilDay, monthOf } from "#lib/time/civil-day.ts";
import { amortised, type BillingPeriod, billingPeriods, periodOf } from "./amortise.ts";
import { type Charge, isDrawn, paysFor } from "./charge.ts";
import { asksFor, drawnDays } from "./charge-lines.ts";
import type { CostInputs } from "./cost-inputs.ts";
import { addCosts, type Costs, NO_COSTS } from "./costs.ts";
import type { Drawing } from "./draw-down.ts";
import { seatUse } from "./seat-use.ts";
import { poolsOn, type ShareMethod, weightsOf } from "./shared-pool.ts";
import { basisOf, type LineKind, type TeamLine, teamLines } from "./team-lines.ts";
import { modelInForce } from "./team-model.ts";

/** Which line of a team's cost; `charge` and `pool` by id. */
export type LineName = {
  readonly team: string;
  readonly kind: LineKind;
  readonly charge: string | null;
  readonly pool: string | null;
  /** Only what is of it, null of none; of all when left out. */
  readonly costCenter?: string | null | undefined;
};

/** How a day's amount comes about, with all that a calculator needs. */
export type How =
  | {
      readonly by: "amortisation";
      readonly charge: Charge;
      readonly period: BillingPeriod;
      /** Of the whole charge: ⌊price × (k + 1) ÷ days⌋ − ⌊price × k ÷ days⌋, where k counts the days from 0. */
      readonly part: Usd;
      /** Of seats and subscriptions: how many were used in the month, and by how many people of the team. */
      readonly seats: {
        readonly used: number;
        readonly people: number;
        readonly ofTeam: number;
      } | null;
    }
  | {
      readonly by: "drawing";
      readonly charge: Charge;
      readonly period: BillingPeriod;
      /** As above: what of the price falls on the day. */
      readonly part: Usd;
      readonly drawing: Drawing;
    }
  | {
      readonly by: "overage";
      /** What the team's usage that is paid for beforehand was worth at agreed rates, and how much of it was paid for. */
      readonly worth: Usd;
      readonly paid: Usd;
    }
  | { readonly by: "given_away" }
  | {
      readonly by: "split";
      readonly method: ShareMethod;
      readonly total: Costs;
      readonly weight: bigint;
      readonly weights: bigint;
    }
  | { readonly by: "markup"; readonly base: Usd; readonly fraction: Fraction };

export type ReceiptDay = {
  readonly day: CivilDay;
  readonly costs: Costs;
  /** Null: the sum of usage, of which each call has its own receipt. */
  readonly how: How | null;
};

/** One line of a team's cost day by day; the days add up to the line. */
export function lineReceipt(inputs: CostInputs, name: LineName): ReceiptDay[] {
  const lines = teamLines(inputs);
  const mine = lines.filter((line) => isOf(line, name));
  const explain = explainer(inputs, lines, name);
  return [...Map.groupBy(mine, ({ day }) => day)]
    .toSorted(([a], [b]) => a - b)
    .map(([day, ofDay]) => ({
      day,
      costs: ofDay.reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS),
      how: explain(day),
    }));
}

/** Whether an amount is part of a line. */
export function isOf(line: Omit<TeamLine, "day" | "costs">, name: LineName): boolean {
  return (
    line.team === name.team &&
    line.kind === name.kind &&
    line.charge === name.charge &&
    line.pool === name.pool &&
    (name.costCenter === undefined || line.costCenter === name.costCenter)
  );
}

function explainer(inputs: CostInputs, lines: readonly TeamLine[], name: LineName) {
  const charge = inputs.charges.find(({ id }) => id === name.charge);
  const basis = basisOf(inputs);
  const drawings = charge !== undefined && isDrawn(charge) ? drawingsOf(inputs, charge) : null;
  return (day: CivilDay): How | null => {
    if (name.kind === "markup") return markupOn(inputs, lines, name, day);
    if (name.kind === "share") return splitOn(inputs, lines, name, day, basis(day));
    if (name.kind === "shared_out") return { by: "given_away" };
    if (name.kind === "overage") return overageOn(inputs, lines, name.team, day);
    if (charge === undefined) return null;
    const drawing = drawings?.get(day);
    return drawing === undefined
      ? amortisationOn(inputs, charge, name.team, day)
      : drawingOn(charge, day, drawing);
  };
}

function drawingsOf(inputs: CostInputs, charge: Charge): ReadonlyMap<CivilDay, Drawing> {
  const { days } = drawnDays(inputs);
  return new Map(
    days.flatMap(({ charge: { id }, day, drawing }) =>
      id === charge.id && drawing !== null ? [[day, drawing] as const] : [],
    ),
  );
}

function drawingOn(charge: Charge, day: CivilDay, drawing: Drawing): How | null {
  const period = periodOf(charge, day);
  if (period === undefined) return null;
  return { by: "drawing", charge, period, part: amortised(period, day, day + 1), drawing };
}

function overageOn(
  { usage }: CostInputs,
  lines: readonly TeamLine[],
  team: string,
  day: CivilDay,
): How {
  const asked = usage.filter((row) => row.team === team && row.day === day && asksFor(row.funding));
  const worth = sumUsd(asked.map(({ costs }) => costs.contracted));
  const owed = lines
    .filter((line) => line.kind === "overage" && line.team === team && line.day === day)
    .map(({ costs }) => costs.effective);
  return { by: "overage", worth, paid: subtractUsd(worth, sumUsd(owed)) };
}

function amortisationOn(
  inputs: CostInputs,
  charge: Charge,
  team: string,
  day: CivilDay,
): How | null {
  const period = periodOf(charge, day);
  if (period === undefined) return null;
  const part = amortised(period, day, day + 1);
  return { by: "amortisation", charge, period, part, seats: seatsOn(inputs, charge, team, day) };
}

function seatsOn(
  { charges, users, from, to }: CostInputs,
  charge: Charge,
  team: string,
  day: CivilDay,
) {
  if (paysFor(charge) !== "plan") return null;
  const month = monthOf(day);
  const [first, end] = [Math.max(from, month), Math.min(to, addMonths(month, 1))];
  const plans = charges.filter(
    (plan) => paysFor(plan) === "plan" && billingPeriods(plan, first, end).length > 0,
  );
  const use = seatUse(
    plans,
    users.filter((user) => user.month === month),
  ).get(charge);
  if (use === undefined) return { used: 0, people: 0, ofTeam: 0 };
  const people = [...use.byTeam.values()].reduce((sum, count) => sum + count, 0);
  return { used: use.seats, people, ofTeam: use.byTeam.get(team) ?? 0 };
}

function splitOn(
  { pools }: CostInputs,
  lines: readonly TeamLine[],
  name: LineName,
  day: CivilDay,
  basis: Parameters<typeof weightsOf>[1],
): How | null {
  const pool = poolsOn(pools, day).find(({ id }) => id === name.pool);
  if (pool === undefined) return null;
  const total = lines
    .filter((line) => line.kind === "share" && line.pool === pool.id && line.day === day)
    .reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS);
  const weights = weightsOf(pool, basis);
  return {
    ...{ by: "split", method: pool.method, total, weight: weights.get(name.team) ?? 0n },
    weights: [...weights.values()].reduce((sum, weight) => sum + weight, 0n),
  };
}

function markupOn(
  { models }: CostInputs,
  lines: readonly TeamLine[],
  { team, costCenter }: LineName,
  day: CivilDay,
): How | null {
  const fraction = modelInForce(models, team, day)?.markup;
  if (fraction === undefined) return null;
  const base = lines
    .filter((line) => line.team === team && line.day === day && line.kind !== "markup")
    .filter((line) => costCenter === undefined || line.costCenter === costCenter)
    .reduce((sum, { costs }) => addUsd(sum, costs.effective), ZERO_USD);
  return { by: "markup", base, fraction };
}
