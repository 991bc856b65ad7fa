import { z } from "zod";
import type { WhatIfReplay } from "#lib/forecasting/read-usage-rows.ts";
import type { Scenario } from "#lib/forecasting/scenarios.ts";
import type { WhatIfFigures } from "#lib/forecasting/what-if.ts";
import { toDecimal } from "#lib/money/money.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

const Figures = z.strictObject({
  model_calls: z.int(),
  actual: Amount,
  scenario: Amount,
  unpriced_calls: z.int(),
});

export const WhatIfBody = z.strictObject({
  currency: z.literal("USD"),
  days: z.literal(30),
  from: Instant,
  to: Instant,
  actual: Amount,
  scenario: Amount,
  difference: Amount,
  unpriced_calls: z.int().meta({ description: "Not priced in the scenario: left as they were" }),
  left_out_calls: z.int().meta({ description: "Without a price to begin with: in no figure" }),
  models: z.array(Figures.extend({ provider: z.string(), model: z.string() })),
  teams: z.array(Figures.extend({ team: z.string() })),
});

export const ScenarioBody = z.strictObject({
  id: z.string(),
  name: z.string(),
  scope: z.string(),
  question: z.unknown(),
  shared: z.boolean(),
  own: z.boolean(),
  created_at: Instant,
  created_by: z.string(),
});
export const ScenariosBody = z.strictObject({ scenarios: z.array(ScenarioBody) });

export function whatIfBody({ period, models, teams, ...answer }: WhatIfReplay) {
  return {
    currency: "USD",
    days: 30,
    from: iso(new Date(period.fromMs)),
    to: iso(new Date(period.toMs)),
    actual: toDecimal(answer.actual),
    scenario: toDecimal(answer.scenario),
    difference: toDecimal(answer.difference),
    unpriced_calls: answer.unpricedCalls,
    left_out_calls: answer.leftOutCalls,
    models: models.map(({ provider, model, ...line }) => ({ provider, model, ...figures(line) })),
    teams: teams.map(({ team, ...line }) => ({ team, ...figures(line) })),
  };
}

function figures({ calls, actual, scenario, unpricedCalls }: WhatIfFigures) {
  return {
    model_calls: calls,
    actual: toDecimal(actual),
    scenario: toDecimal(scenario),
    unpriced_calls: unpricedCalls,
  };
}

export function scenarioBody(scenario: Scenario) {
  const { id, name, scope, question, isShared, isOwn, createdAt, createdBy } = scenario;
  return {
    ...{ id, name, scope, question, shared: isShared, own: isOwn },
    created_at: iso(createdAt),
    created_by: createdBy,
  };
}
