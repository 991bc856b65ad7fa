import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, NOON_MS } from "#lib/testing/usage-events.ts";
import { announceUnpriced } from "./announce-unpriced.ts";
import { loadPricing } from "./load-pricing.ts";

const { sql } = await createTestDatabase();
const plan = await loadIngestPlan(sql);
const ledger = new Ledger(sql, () => plan);
const now = new Date(NOON_MS + 120_000);
const announce = async () =>
  announceUnpriced(sql, await loadPricing(sql), { now, publicUrl: "https://outlay.example" });
const told = async () =>
  (
    await sql<{ data: Record<string, unknown> }[]>`
      select data from notification_event where type = 'model.unpriced' order by data->>'model'`
  ).map(({ data }) => data);

test("nothing is announced while every model has a price", async () => {
  await ledger.commit(batch([modelCall("priced")]));
  assert.equal(await announce(), 0);
  assert.deepEqual(await told(), []);
});

test("a model without a price is announced once, with what it is most like", async () => {
  await ledger.commit(
    batch([
      modelCall("one", { model: "gpt-5.55-turbo" }),
      modelCall("two", { model: "gpt-5.55-turbo" }),
      // Without a name there is nothing to set a price for.
      modelCall("nameless", { model: null }),
    ]),
  );
  // Several workers at once.
  const counts = await Promise.all([announce(), announce(), announce()]);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    1,
  );
  const [event, ...more] = await told();
  assert.deepEqual(more, []);
  const { suggestions, ...rest } = event ?? {};
  assert.deepEqual(rest, {
    provider: "openai",
    model: "gpt-5.55-turbo",
    calls: 2,
    tokens: 220,
    first_seen: "2026-11-22T00:00:00.000Z",
    as_of: now.toISOString(),
    url: "https://outlay.example/unpriced",
  });
  assert.equal((suggestions as unknown[]).length, 3);
});

test("later calls of it, also in another tier, are no news; another seller's model is", async () => {
  await ledger.commit(
    batch([
      modelCall("three", { model: "gpt-5.55-turbo", tier: "batch" }),
      modelCall("four", { model: "gpt-5.55-turbo", provider: "azure.ai.openai" }),
    ]),
  );
  assert.equal(await announce(), 1);
  assert.equal(await announce(), 0);
  assert.deepEqual((await told()).map(({ provider }) => provider).sort(), [
    "azure.ai.openai",
    "openai",
  ]);
});
