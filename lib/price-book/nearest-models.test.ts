import assert from "node:assert/strict";
import { test } from "node:test";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { nearestModels } from "./nearest-models.ts";

const book = loadPriceBook();
const names = (provider: string, model: string) =>
  nearestModels(book, { provider, model }).map((known) => `${known.provider}/${known.model}`);

test("suggests models of the same family and seller", () => {
  const found = names("anthropic", "claude-opus-5-9-turbo");
  assert.equal(found.length, 3);
  assert.equal(names("openai", "nova-1").length, 3);
  assert.deepEqual(found.slice(0, 2), ["anthropic/claude-opus-5", "anthropic/claude-opus-5-5"]);
});

test("finds the model in a deployment's name, as sold by whoever is billed", () => {
  assert.equal(names("azure", "prod-gpt-5.5-eastus")[0], "azure.ai.openai/gpt-5.5");
});

test("looks at other sellers for a provider that is not known", () => {
  assert.match(names("our-gateway", "anthropic/claude-sonnet-5-5")[0] ?? "", /claude-sonnet-5-5$/);
});

test("does not suggest a model for itself", () => {
  assert.ok(!names("anthropic", "Claude-Haiku-5-5").includes("anthropic/claude-haiku-5-5"));
});

test("suggests nothing for names that are like none", () => {
  assert.deepEqual(names("x", "zzqqxx"), []);
  assert.deepEqual(names("x", ""), []);
});
