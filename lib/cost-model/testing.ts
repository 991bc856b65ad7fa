import { type Usd, ZERO_USD } from "#lib/money/money.ts";
import type { Charge } from "./charge.ts";
import type { CostInputs, UsageOfDay } from "./cost-inputs.ts";
import { NO_COSTS } from "./costs.ts";
import type { TeamLine } from "./team-lines.ts";

/** A charge of a test: a monthly seat of nothing, unless it says otherwise. */
export function someCharge(told: Partial<Charge> = {}): Charge {
  return {
    id: "charge",
    kind: "seat",
    name: "Seat",
    team: null,
    pool: null,
    person: null,
    provider: null,
    model: null,
    amount: ZERO_USD,
    quantity: 1,
    recurrence: "monthly",
    startsOn: 0,
    endsOn: null,
    dailyTokens: null,
    ...told,
  };
}

export function someUsage(told: Partial<UsageOfDay> = {}): UsageOfDay {
  return {
    day: 0,
    team: "search",
    costCenter: null,
    provider: "openai",
    model: "gpt-5.5",
    funding: null,
    tokens: 0n,
    costs: NO_COSTS,
    ...told,
  };
}

/** Usage that the API meters, at one price. */
export function metered(amount: Usd) {
  return { list: amount, contracted: amount, effective: amount, billed: amount };
}

/** Usage that was paid for beforehand. */
export function prepaid(amount: Usd) {
  return { ...NO_COSTS, list: amount, contracted: amount };
}

export function someInputs(told: Partial<CostInputs>): CostInputs {
  return {
    from: 0,
    to: 31,
    usage: [],
    users: [],
    charges: [],
    pools: [],
    models: [],
    teams: new Map(["search", "payments", "platform"].map((team) => [team, null])),
    ...told,
  };
}

/** The effective cost of the lines that match. */
export function effectiveOf(
  lines: readonly TeamLine[],
  matches: (line: TeamLine) => boolean = () => true,
): Usd {
  return lines.filter(matches).reduce((sum, { costs }) => (sum + costs.effective) as Usd, ZERO_USD);
}
