import { z } from "zod";
import type { Charge } from "#lib/cost-model/charge.ts";
import type { Costs } from "#lib/cost-model/costs.ts";
import type { Drawing as DrawingOf } from "#lib/cost-model/draw-down.ts";
import type { How } from "#lib/cost-model/line-receipt.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import { CURRENCY, toDecimal, ZERO_USD } from "#lib/money/money.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { OfCostCenter } from "#lib/parameters/narrowed.ts";
import type { TeamCostHow, TeamCostReceipt } from "#lib/reports/team-cost-receipt.ts";
import { dayText } from "#lib/time/civil-day.ts";
import { Amount, Instant } from "./figures.ts";

const Name = z.string().min(1).max(200);

export const TeamCostReceiptParameters = z.strictObject({
  from: From.optional(),
  to: To.optional(),
  team: Name,
  line: z.enum(LINE_KINDS),
  charge: Name.optional().meta({ description: "Its id, as the lines of /team-costs give it" }),
  shared_cost: Name.optional(),
  cost_center: OfCostCenter,
});

const COSTS = {
  list_cost: Amount,
  contracted_cost: Amount,
  effective_cost: Amount,
  billed_cost: Amount,
} as const;
const Day = z.string().meta({ description: "YYYY-MM-DD, in the organisation's zone" });

const Amortisation = z.strictObject({
  by: z.literal("amortisation"),
  price: Amount.meta({ description: "Of the billing period: amount × quantity" }),
  ...{ amount: Amount, quantity: z.int(), period_from: Day, period_to: Day },
  part: Amount.meta({
    description:
      "Of the day, of all units: floor(price × (k + 1) / days) − floor(price × k / days) in 1e-18 USD, k days into the period",
  }),
  seats: z.strictObject({ used: z.int(), people: z.int(), of_team: z.int() }).nullable().meta({
    description:
      "Used in the month: part × used / quantity, rounded half to even, by people of each team",
  }),
});
const Drawing = z.strictObject({
  ...{ by: z.literal("drawing"), of: z.enum(["credits", "commitment", "provisioned"]) },
  price: Amount.meta({ description: "Of the billing period: amount × quantity" }),
  ...{ amount: Amount, quantity: z.int(), period_from: Day, period_to: Day },
  part: Amount.meta({ description: "What of the price falls on the day, as in amortisation" }),
  left: Amount.nullable().meta({ description: "Of credits: before the day" }),
  amortised: Amount.nullable().meta({ description: "Of a commitment: since the period began" }),
  worth: Amount.nullable().meta({
    description:
      "Of the usage, at agreed rates: of the day; of a commitment since the period began",
  }),
  before: Amount.nullable().meta({ description: "Of a commitment: used up to the day before" }),
  tokens: z.string().nullable().meta({ description: "Of the day, for provisioned throughput" }),
  daily_tokens: z.string().nullable(),
  used: Amount.meta({ description: "Of all teams, by the worth of their usage" }),
  team_worth: Amount.nullable(),
});
const Overage = z.strictObject({
  by: z.literal("overage"),
  worth: Amount.meta({ description: "Usage that is paid for beforehand, at agreed rates" }),
  paid: Amount.meta({ description: "By credits and commitments; the rest is owed" }),
});
const GivenAway = z.strictObject({ by: z.literal("given_away") });
const Adjustment = z.strictObject({
  by: z.literal("adjustment"),
  ...{ reason: z.string(), note: z.string(), reference: z.string() },
});
const Split = z.strictObject({
  by: z.literal("split"),
  method: z.enum(["even", "usage", "headcount", "weights"]),
  ...COSTS,
  weight: z.string().meta({ description: "The team bears weight / weights of the costs here" }),
  weights: z.string(),
});
const Markup = z.strictObject({
  by: z.literal("markup"),
  base: Amount.meta({ description: "The team's other lines of the day, effective" }),
  ...{ num: z.string(), den: z.string() },
});

export const TeamCostReceiptBody = z.strictObject({
  ...{ from: Instant, to: Instant, time_zone: z.string(), currency: z.literal(CURRENCY) },
  ...{ team: z.string(), line: z.enum(LINE_KINDS), about: z.string().nullable() },
  days: z.array(
    z.strictObject({
      ...{ day: Day, ...COSTS },
      how: z
        .discriminatedUnion("by", [
          Amortisation,
          Drawing,
          Overage,
          GivenAway,
          Adjustment,
          Split,
          Markup,
        ])
        .nullable()
        .meta({ description: "Null: a sum of usage; each call has its receipt" }),
    }),
  ),
  total: z.strictObject(COSTS),
});

export function teamCostReceiptBody({ line, about, days, total, timeZone }: TeamCostReceipt) {
  return {
    ...{ time_zone: timeZone, currency: CURRENCY, team: line.team, line: line.kind, about },
    days: days.map(({ day, costs, how }) => ({
      ...{ day: dayText(day), ...costsBody(costs) },
      how: how === null ? null : howBody(how, line.team),
    })),
    total: costsBody(total),
  };
}

function costsBody(costs: Costs) {
  return {
    list_cost: toDecimal(costs.list),
    contracted_cost: toDecimal(costs.contracted),
    effective_cost: toDecimal(costs.effective),
    billed_cost: toDecimal(costs.billed),
  };
}

function howBody(how: TeamCostHow, team: string) {
  switch (how.by) {
    case "amortisation": {
      const { seats } = how;
      return {
        ...{ by: how.by, ...priceBody(how) },
        seats: seats && { used: seats.used, people: seats.people, of_team: seats.ofTeam },
      };
    }
    case "drawing":
      return { by: how.by, ...priceBody(how), ...drawingBody(how.drawing, how.charge, team) };
    case "overage":
      return { by: how.by, worth: toDecimal(how.worth), paid: toDecimal(how.paid) };
    case "given_away":
      return { by: how.by };
    case "adjustment":
      return how;
    case "split": {
      const { by, method, total, weight, weights } = how;
      return { by, method, ...costsBody(total), weight: `${weight}`, weights: `${weights}` };
    }
    case "markup": {
      const { num, den } = how.fraction;
      return { by: how.by, base: toDecimal(how.base), num: `${num}`, den: `${den}` };
    }
  }
}

function priceBody({ charge, period, part }: Extract<How, { by: "amortisation" | "drawing" }>) {
  return {
    ...{ price: toDecimal(period.price), amount: toDecimal(charge.amount) },
    ...{ quantity: charge.quantity, part: toDecimal(part) },
    ...{ period_from: dayText(period.from), period_to: dayText(period.to) },
  };
}

const NOT_ASKED = {
  ...{ left: null, amortised: null, worth: null, before: null },
  ...{ tokens: null, daily_tokens: null, team_worth: null },
};

function drawingBody(drawing: DrawingOf, { dailyTokens }: Charge, team: string) {
  const { of } = drawing;
  if (of === "credits") {
    const { left, drawn } = drawing;
    return { ...NOT_ASKED, of, left: toDecimal(left), used: toDecimal(drawn) };
  }
  const { worth, used, byTeam } = drawing;
  const shared = {
    ...{ ...NOT_ASKED, of, worth: toDecimal(worth), used: toDecimal(used) },
    team_worth: toDecimal(byTeam.get(team) ?? ZERO_USD),
  };
  if (of === "provisioned") {
    const daily_tokens = dailyTokens === null ? null : `${dailyTokens}`;
    return { ...shared, tokens: `${drawing.tokens}`, daily_tokens };
  }
  const { amortised, before } = drawing;
  return { ...shared, amortised: toDecimal(amortised), before: toDecimal(before) };
}
