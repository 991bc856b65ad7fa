import assert from "node:assert/strict";
import { test } from "node:test";
import { parseImport } from "./parse-import.ts";

const ROW = {
  billing_account_id: "0001",
  service: { id: "C7E2", description: "Vertex AI" },
  sku: { id: "AAAA", description: "Gemini 2.5 Flash Lite Text Input - Predictions" },
  usage_start_time: "2026-11-20 09:00:00 UTC",
  usage_end_time: "2026-11-20 10:00:00 UTC",
  project: { id: "prod-agents" },
  labels: [{ key: "team", value: "payments" }],
  location: { region: "europe-west1" },
  cost: 0.012345,
  currency: "USD",
  usage: { amount: 123450.0, unit: "count", pricing_unit: "count" },
};

function importSku(description: string, usage: object = ROW.usage) {
  const row = { ...ROW, sku: { id: description, description }, usage };
  const { events, errors } = parseImport("google-billing", JSON.stringify([row]));
  assert.deepEqual(errors, []);
  return events[0];
}

test("a SKU of tokens is one class of one model, with project, labels and cost", () => {
  const event = importSku("Gemini 2.5 Flash Lite Text Input - Predictions");
  assert.equal(event?.model, "gemini-2.5-flash-lite");
  assert.equal(event?.provider, "gcp.vertex_ai");
  assert.equal(event?.tokens?.input_uncached, 123450);
  assert.equal(event?.reportedCost, "0.012345");
  assert.equal(event?.identityOf.project, "prod-agents");
  assert.equal(event?.region, "europe-west1");
  assert.equal(event?.attributes["label.team"], "payments");
  assert.equal(event?.startedAtMs, Date.UTC(2026, 10, 20, 9));
  assert.equal(event?.calls, 0);
});

test("the words of the SKU decide the class", () => {
  assert.equal(importSku("Gemini 2.5 Pro Thinking Text Output")?.tokens?.output, 123450);
  assert.equal(importSku("Gemini 2.5 Pro Text Input Cached")?.tokens?.cache_read, 123450);
  assert.equal(importSku("Claude Sonnet 4.5 Cache Write Tokens")?.tokens?.cache_write_5m, 123450);
  assert.equal(importSku("Gemini 2.5 Pro Batch Text Output")?.tier, "batch");
});

test("what is no token count keeps its cost and says that its split is unknown", () => {
  const storage = importSku("Gemini 2.5 Pro Input Cache Storage", { amount: 1.5, unit: "hour" });
  assert.equal(storage?.tokens, null);
  assert.deepEqual(storage?.flags, ["split_unknown"]);
  assert.equal(storage?.reportedCost, "0.012345");
});

test("other services of the bill are passed over", () => {
  const row = { ...ROW, service: { description: "Cloud Storage" } };
  assert.deepEqual(parseImport("google-billing", JSON.stringify(row)), { events: [], errors: [] });
});

test("JSON and a flattened CSV name the same row alike; amounts in euro are not taken for dollars", () => {
  const csv = [
    "billing_account_id,service.description,sku.id,sku.description,usage_start_time,usage_end_time,project.id,location.region,cost,currency,usage.amount,usage.unit",
    '0001,Vertex AI,AAAA,"Gemini 2.5 Flash Lite Text Input - Predictions",2026-11-20 09:00:00 UTC,2026-11-20 10:00:00 UTC,prod-agents,europe-west1,0.012345,USD,123450,count',
  ].join("\n");
  const { events } = parseImport("google-billing", csv);
  const json = parseImport("google-billing", JSON.stringify({ ...ROW, labels: [] })).events;
  assert.equal(events[0]?.identity, json[0]?.identity);
  const euro = parseImport("google-billing", JSON.stringify({ ...ROW, currency: "EUR" })).events[0];
  assert.equal(euro?.reportedCost, null);
  assert.equal(euro?.attributes.currency, "EUR");
});
