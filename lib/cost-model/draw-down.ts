import { addUsd, splitUsd, subtractUsd, sumUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import { amortised, type BillingPeriod, billingPeriods } from "./amortise.ts";
import type { Charge } from "./charge.ts";

/** What a charge comes to on a day: what its use cost by team, and what lay idle. */
export type ChargeDay = {
  readonly charge: Charge;
  readonly day: CivilDay;
  readonly used: readonly (readonly [team: string, amount: Usd])[];
  /** Paid and not used. Below zero where use catches up with days before it. */
  readonly idle: Usd;
  /** Of what is drawn on: how the day's use was found. */
  readonly drawing: Drawing | null;
};

/** What the use of a charge on a day was reckoned from. */
export type Drawing =
  | {
      readonly of: "credits";
      /** Of the price, before the day. */
      readonly left: Usd;
      readonly drawn: Usd;
    }
  | {
      readonly of: "commitment";
      /** Since the period began, this day included: the price's part, and what usage was worth. */
      readonly amortised: Usd;
      readonly worth: Usd;
      /** What was used up to the day before. */
      readonly before: Usd;
      readonly used: Usd;
      readonly byTeam: ReadonlyMap<string, Usd>;
    }
  | {
      readonly of: "provisioned";
      readonly tokens: bigint;
      readonly worth: Usd;
      readonly used: Usd;
      readonly byTeam: ReadonlyMap<string, Usd>;
    };

/** Usage of a day that a charge is asked to pay for. */
export type Demand = { readonly team: string; readonly value: Usd; readonly tokens: bigint };

/** What of the demand is beyond what the charge can pay for. */
type Rest = Demand;

/** A charge that usage draws on, asked day by day in ascending order. */
export type Drawable = {
  readonly charge: Charge;
  readonly take: (day: CivilDay, demand: Demand) => Rest;
  readonly close: (day: CivilDay) => ChargeDay | null;
};

/**
 * Begins to draw on a charge.
 *
 * - Credits cost what is drawn from them at contract rates; what is left on the
 *   last day was idle.
 * - A commitment of so much spend is used as far as the usage in its period is
 *   worth, at most what of it has been amortised by then.
 * - Provisioned throughput is used each day by the tokens that it can serve, or
 *   by the usage's worth where nobody said how many. It leaves nothing over.
 */
export function drawable(charge: Charge, to: CivilDay): Drawable {
  const periods = billingPeriods(charge, charge.startsOn, to);
  if (charge.kind === "credits") return credits(charge, periods);
  return charge.kind === "provisioned" ? provisioned(charge, periods) : commitment(charge, periods);
}

function credits(charge: Charge, periods: readonly BillingPeriod[]): Drawable {
  const left = new Map(periods.map((period) => [period, period.price]));
  let used = new Map<string, Usd>();
  return {
    charge,
    take: (day, demand) => {
      const period = periodOn(periods, day);
      if (period === undefined) return demand;
      const before = left.get(period) ?? ZERO_USD;
      const taken = least(before, demand.value);
      left.set(period, subtractUsd(before, taken));
      if (taken > 0n) add(used, demand.team, taken);
      return { ...demand, value: subtractUsd(demand.value, taken) };
    },
    close: (day) => {
      const period = periodOn(periods, day);
      if (period === undefined) return null;
      const teams = [...used];
      used = new Map();
      const drawn = sumUsd(teams.map(([, amount]) => amount));
      const after = left.get(period) ?? ZERO_USD;
      const idle = day === period.to - 1 ? after : ZERO_USD;
      const drawing = { of: "credits" as const, left: addUsd(after, drawn), drawn };
      return { charge, day, used: teams, idle, drawing };
    },
  };
}

function commitment(charge: Charge, periods: readonly BillingPeriod[]): Drawable {
  let worth = new Map<string, Usd>();
  let [all, before] = [ZERO_USD, ZERO_USD];
  return {
    charge,
    take: (day, demand) => {
      const period = periodOn(periods, day);
      if (period === undefined) return demand;
      const taken = least(subtractUsd(period.price, all), demand.value);
      add(worth, demand.team, taken);
      all = addUsd(all, taken);
      return { ...demand, value: subtractUsd(demand.value, taken) };
    },
    close: (day) => {
      const period = periodOn(periods, day);
      if (period === undefined) return null;
      const due = amortised(period, period.from, day + 1);
      const soFar = least(due, all);
      const used = subtractUsd(soFar, before);
      const idle = subtractUsd(amortised(period, day, day + 1), used);
      const drawing = {
        ...{ of: "commitment" as const, amortised: due, worth: all },
        ...{ before, used, byTeam: new Map(worth) },
      };
      const result = { charge, day, used: byWorth(used, worth), idle, drawing };
      before = soFar;
      if (day === period.to - 1) {
        worth = new Map();
        [all, before] = [ZERO_USD, ZERO_USD];
      }
      return result;
    },
  };
}

function provisioned(charge: Charge, periods: readonly BillingPeriod[]): Drawable {
  let worth = new Map<string, Usd>();
  let [all, tokens] = [ZERO_USD, 0n];
  return {
    charge,
    take: (day, demand) => {
      if (periodOn(periods, day) === undefined) return demand;
      add(worth, demand.team, demand.value);
      all = addUsd(all, demand.value);
      tokens += demand.tokens;
      return { ...demand, value: ZERO_USD, tokens: 0n };
    },
    close: (day) => {
      const period = periodOn(periods, day);
      if (period === undefined) return null;
      const price = amortised(period, day, day + 1);
      const served = charge.dailyTokens;
      const asked = served === null || served <= 0n ? all : (((price * tokens) / served) as Usd);
      const used = least(price, asked);
      const drawing = {
        ...{ of: "provisioned" as const, tokens, worth: all },
        ...{ used, byTeam: worth },
      };
      const idle = subtractUsd(price, used);
      const result = { charge, day, used: byWorth(used, worth), idle, drawing };
      worth = new Map();
      [all, tokens] = [ZERO_USD, 0n];
      return result;
    },
  };
}

function periodOn(periods: readonly BillingPeriod[], day: CivilDay): BillingPeriod | undefined {
  return periods.find(({ from, to }) => from <= day && day < to);
}

/** Usage worth nothing (free models) is as good as any other: it shares evenly. */
function byWorth(used: Usd, worth: ReadonlyMap<string, Usd>): (readonly [string, Usd])[] {
  const teams = [...worth];
  if (teams.length === 0 || used === 0n) return [];
  const hasWorth = teams.some(([, amount]) => amount > 0n);
  const parts = splitUsd(
    used,
    teams.map(([, amount]) => (hasWorth ? amount : 1n)),
  );
  return teams.map(([team], i) => [team, parts[i] ?? ZERO_USD] as const);
}

function add(sums: Map<string, Usd>, team: string, amount: Usd): void {
  sums.set(team, addUsd(sums.get(team) ?? ZERO_USD, amount));
}

function least(a: Usd, b: Usd): Usd {
  return a < b ? a : b;
}
