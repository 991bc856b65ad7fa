import assert from "node:assert/strict";
import { test } from "node:test";
import { likelyModels } from "./most-used.ts";

const used = [
  { provider: "anthropic", model: "claude-sonnet-5" },
  { provider: "openai", model: "gpt-5.5" },
  { provider: "anthropic", model: "claude-haiku-5" },
  { provider: "openai", model: "gpt-5.4" },
];
const names = (provider: string, model: string) =>
  likelyModels(used, { provider, model }).map((known) => known.model);

test("what is used most of the same seller comes first, then of any, never the model itself", () => {
  assert.deepEqual(names("openai", "x"), ["gpt-5.5", "gpt-5.4", "claude-sonnet-5"]);
  assert.deepEqual(names("openai", "gpt-5.5"), ["gpt-5.4", "claude-sonnet-5", "claude-haiku-5"]);
  assert.deepEqual(names("house", "x"), ["claude-sonnet-5", "gpt-5.5", "claude-haiku-5"]);
  assert.deepEqual(likelyModels([], { provider: null, model: "x" }), []);
});
