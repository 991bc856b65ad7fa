import assert from "node:assert/strict";
import { test } from "node:test";
import { likelyModels } from "./most-used.ts";

const used = [
  { provider: "anthropic", model: "claude-sonnet-5" },
  { provider: "openai", model: "gpt-5.5" },
  { provider: "anthropic", model: "claude-haiku-5" },
  { provider: "openai", model: "gpt-5.4" },
];
const names = (provider: string | null) => likelyModels(used, provider).map((known) => known.model);

test("what is used most of the same seller comes first, then of any", () => {
  assert.deepEqual(names("openai"), ["gpt-5.5", "gpt-5.4", "claude-sonnet-5"]);
  assert.deepEqual(names("house"), ["claude-sonnet-5", "gpt-5.5", "claude-haiku-5"]);
  assert.deepEqual(likelyModels([], null), []);
});
