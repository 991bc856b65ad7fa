import assert from "node:assert/strict";
import { test } from "node:test";
import { type FundingRule, prepaidBy } from "./funding.ts";
import { modelInForce, type TeamModel } from "./team-model.ts";

const rules: readonly FundingRule[] = [
  { provider: null, model: null, source: "credits" },
  { provider: "anthropic", model: null, source: "plan" },
  { provider: "anthropic", model: "claude-opus-4-5", source: "api" },
  { provider: "azure.ai.openai", model: "gpt-5.5", source: "commitment" },
];

test("the rule that says most about a usage decides what pays for it", () => {
  const cases = [
    ["openai", "gpt-5.5", "credits"],
    ["anthropic", "claude-sonnet-5", "plan"],
    ["anthropic", "Claude-Opus-4-5", null],
    ["azure.ai.openai", "gpt-5.5", "commitment"],
  ] as const;
  for (const [provider, model, expected] of cases) {
    assert.equal(prepaidBy(rules, { provider, model }), expected, `${provider} ${model}`);
  }
  assert.equal(prepaidBy([], { provider: "openai", model: "gpt-5.5" }), null);
});

test("a team's own model that began last holds, else the organisation's", () => {
  const model = (team: string | null, effectiveFrom: number | null): TeamModel => ({
    team,
    effectiveFrom,
    markup: { num: 0n, den: 1n },
    funding: [],
    headcount: null,
  });
  const ofAll = model(null, null);
  const first = model("search", 100);
  const second = model("search", 200);
  const models = [second, ofAll, first];
  assert.equal(modelInForce(models, "search", 99), ofAll);
  assert.equal(modelInForce(models, "search", 100), first);
  assert.equal(modelInForce(models, "search", 199), first);
  assert.equal(modelInForce(models, "search", 5_000), second);
  assert.equal(modelInForce(models, "payments", 5_000), ofAll);
  assert.equal(modelInForce([first], "search", 99), null);
});
