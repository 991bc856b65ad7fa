import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, NOON_MS, testPlan } from "#lib/testing/usage-events.ts";
import { readCallSizes } from "./read-call-sizes.ts";

const { sql } = await createTestDatabase();

test("nine of ten calls are no larger, for each scope with twenty calls or more", async () => {
  const call = (index: number, model: string) =>
    modelCall(`${model} ${index}`, {
      ...{ model, provider: "openai", traceId: null, responseIds: [`${model} ${index}`] },
      startedAtMs: NOON_MS + index,
      tokens: {
        ...{ input_uncached: 1_000, cache_read: 10 * index, cache_write_5m: 3, cache_write_1h: 4 },
        ...{ output: index + 1, reasoning: 0, audio_input: 0, audio_output: 0, image_input: 0 },
      },
    });
  const many = Array.from({ length: 100 }, (_, index) => call(index, "gpt-5.5"));
  const few = Array.from({ length: 19 }, (_, index) => call(index, "gpt-4.1"));
  await new Ledger(sql, testPlan).commit(batch([...many, ...few]));
  const { sizes, models } = await readCallSizes(sql, new Date(NOON_MS + 86_400_000));
  assert.deepEqual(
    models.map(({ provider, model, lastAt }) => [provider, model, lastAt.getTime()]),
    [
      ["openai", "gpt-5.5", NOON_MS + 99],
      ["openai", "gpt-4.1", NOON_MS + 18],
    ],
  );
  assert.deepEqual(sizes.map(({ by }) => by.join()).sort(), [
    "",
    "agent,model",
    "model",
    "team,agent,model",
  ]);
  const narrowest = sizes.find(({ by }) => by.length === 3);
  assert.deepEqual([narrowest?.agent, narrowest?.model], [null, "gpt-5.5"]);
  assert.deepEqual(narrowest?.usual, { input: 1_000, cacheRead: 890, cacheWrite: 7, output: 90 });
  assert.deepEqual(narrowest?.largest, {
    input: 1_000,
    cacheRead: 990,
    cacheWrite: 7,
    output: 100,
  });
});
