import assert from "node:assert/strict";
import { test } from "node:test";
import { modelsWith } from "./find-models.ts";

const NAMES = new Set([
  "openai/gpt-5.5-mini",
  "aws/gpt-5.5",
  "openai/gpt-5.5",
  "anthropic/claude-opus-5",
  "acme/not-gpt-5.5",
]);
const NONE: ReadonlySet<string> = new Set();

test("a part of a name finds it; models and providers that begin with it come first", () => {
  const found = ["aws/gpt-5.5", "openai/gpt-5.5", "openai/gpt-5.5-mini", "acme/not-gpt-5.5"];
  assert.deepEqual(modelsWith(" GPT-5.5", NAMES, NONE), found);
  assert.deepEqual(modelsWith("anth", NAMES, NONE), ["anthropic/claude-opus-5"]);
  assert.deepEqual(modelsWith("gemini", NAMES, NONE), []);
});

test("models in use stand before others, and those that begin with the text before both", () => {
  const used = new Set(["openai/gpt-5.5-mini", "acme/not-gpt-5.5"]);
  const found = ["openai/gpt-5.5-mini", "aws/gpt-5.5", "openai/gpt-5.5", "acme/not-gpt-5.5"];
  assert.deepEqual(modelsWith("gpt", NAMES, used), found);
  assert.deepEqual(modelsWith("", NAMES, used).slice(0, 2), [...used].toSorted());
});

test("no more names are sent than somebody can look through", () => {
  const many = new Set(Array.from({ length: 3_000 }, (_, i) => `acme/model-${i}`));
  assert.equal(modelsWith("", many, NONE).length, 50);
  assert.equal(modelsWith("model", many, NONE).length, 50);
});
