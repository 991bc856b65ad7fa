import { z } from "zod";
import type { Scenario } from "#lib/forecasting/scenarios.ts";
import type { WhatIfAnswer } from "#lib/forecasting/what-if.ts";
import { toDecimal } from "#lib/money/money.ts";
import { Amount, Instant } from "./figures.ts";
import { iso } from "./iso.ts";

const Line = z.strictObject({
  provider: z.string(),
  model: z.string(),
  model_calls: z.int(),
  actual: Amount,
  scenario: Amount,
  unpriced_calls: z.int(),
});

export const WhatIfBody = z.strictObject({
  currency: z.literal("USD"),
  days: z.literal(30),
  actual: Amount,
  scenario: Amount,
  difference: Amount,
  unpriced_calls: z.int().meta({ description: "Not priced in the scenario: left as they were" }),
  models: z.array(Line),
});

export const ScenarioBody = z.strictObject({
  id: z.string(),
  name: z.string(),
  scope: z.string(),
  question: z.unknown(),
  created_at: Instant,
  created_by: z.string(),
});
export const ScenariosBody = z.strictObject({ scenarios: z.array(ScenarioBody) });

export function whatIfBody({ lines, ...answer }: WhatIfAnswer) {
  return {
    currency: "USD",
    days: 30,
    actual: toDecimal(answer.actual),
    scenario: toDecimal(answer.scenario),
    difference: toDecimal(answer.difference),
    unpriced_calls: answer.unpricedCalls,
    models: lines.map((line) => ({
      provider: line.provider,
      model: line.model,
      model_calls: line.calls,
      actual: toDecimal(line.actual),
      scenario: toDecimal(line.scenario),
      unpriced_calls: line.unpricedCalls,
    })),
  };
}

export function scenarioBody({ id, name, scope, question, createdAt, createdBy }: Scenario) {
  return { id, name, scope, question, created_at: iso(createdAt), created_by: createdBy };
}
