import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { verifyCosts } from "#lib/ledger/verify-costs.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { backfillPrices } from "./backfill.ts";
import { backfillAll } from "./backfill-all.ts";
import { loadPricing } from "./load-pricing.ts";
import { recordAlias } from "./model-alias.ts";
import type { NewRate } from "./own-rate.ts";
import { recordRates } from "./rate-store.ts";
import { unpricedQueue } from "./unpriced-queue.ts";

const { sql } = await createTestDatabase();
const ALWAYS = { from: null, to: null };
const HOUR_MS = 3_600_000;
const NOW = new Date("2026-11-22T12:00:00Z");
const START_MS = Date.parse("2026-11-20T00:30:00Z");

let calls = 0;
/** A call of a lab's model, one each hour. */
function call(
  changes: Partial<Omit<UsageEvent, "tokens">> & { tokens?: Partial<Tokens> | null } = {},
): UsageEvent {
  const number = calls++;
  const { tokens, ...rest } = changes;
  return {
    identity: `span:test:${number}`,
    kind: "model_call",
    witness: "call",
    signal: "traces",
    dialect: "otel",
    rank: 1,
    family: "otel",
    startedAtMs: START_MS + number * HOUR_MS,
    durationMs: 5,
    traceId: number.toString(16).padStart(32, "a"),
    spanId: number.toString(16).padStart(16, "b"),
    parentSpanId: null,
    responseIds: [],
    toolCallId: null,
    calls: 1,
    provider: "lab",
    model: "lab-1",
    requestModel: null,
    operation: "chat",
    tier: null,
    speed: null,
    region: null,
    units: {},
    tool: null,
    status: "ok",
    errorType: null,
    attempt: null,
    reportedCost: null,
    funding: "api",
    flags: [],
    service: "checkout",
    identityOf: { session: `s${number % 3}`, user: "ann" },
    series: null,
    attributes: {},
    ...rest,
    tokens: tokens === null ? null : { ...NO_TOKENS, output: 1_000_000, ...tokens },
  } as UsageEvent;
}

function rate(changes: Partial<NewRate> & { usd?: string }): NewRate {
  const { usd, ...rest } = changes;
  return {
    team: null,
    kind: "estimate",
    provider: "lab",
    model: "lab-1",
    unit: "output",
    price: { amount: usd ?? "2", per: 1_000_000 },
    ...{ tier: null, speed: null, region: null, context: null, window: null },
    includesFees: false,
    effectiveFrom: null,
    effectiveTo: null,
    source: { name: "own GPUs", url: "", checkedAt: "2026-11-22", quote: null },
    ...rest,
  };
}

const plan = await loadIngestPlan(sql);
const ledger = new Ledger(sql, () => plan);
const commit = (events: readonly UsageEvent[]) =>
  ledger.commit({
    arrivals: events.map((event) => ({ event, keyId: "" })),
    nodes: [],
    refusals: [],
    receivedAtMs: START_MS + 100 * HOUR_MS,
  });
const record = (...rates: NewRate[]) => sql.begin((tx) => recordRates(tx, rates, "ann"));
const backfill = async (provider: string, model: string, rowsAtOnce = 3) =>
  backfillPrices(sql, await loadPricing(sql), { provider, model }, { rowsAtOnce });

async function sums(model: string) {
  const [row] = await sql<{ cost: string; list: string; unpriced: bigint; calls: bigint }[]>`
    select trim_scale(sum(cost))::text as cost, trim_scale(sum(list_cost))::text as list,
           sum(unpriced_calls)::int8 as unpriced, sum(model_calls)::int8 as calls
      from usage_day r join dimension_set d on d.id = r.dimension_set_id where d.model = ${model}`;
  return row;
}

async function assertSound() {
  assert.deepEqual(await verifyRollups(sql, ALWAYS), []);
  assert.equal((await verifyCosts(sql, ALWAYS)).wrong, 0);
}

test("a price back-fills the rows from its effective date, in the ledger and every rollup", async () => {
  await commit(Array.from({ length: 48 }, () => call()));
  assert.deepEqual(await sums("lab-1"), { cost: "0", list: "0", unpriced: 48n, calls: 48n });
  await record(rate({ effectiveFrom: new Date("2026-11-21T00:00:00Z") }));
  assert.deepEqual(await backfill("lab", "lab-1", 5), { rows: 48, filed: 24 });
  assert.deepEqual(await sums("lab-1"), { cost: "48", list: "48", unpriced: 24n, calls: 48n });
  await assertSound();
});

test("another run finds nothing to do, and never touches what has a price", async () => {
  await record(rate({ usd: "1000", effectiveFrom: new Date("2026-11-21T00:00:00Z") }));
  assert.equal((await backfill("lab", "lab-1")).filed, 0);
  assert.equal((await sums("lab-1"))?.cost, "48");
});

test("a run that was ended goes on where it stopped", async () => {
  await record(rate({ usd: "3", effectiveTo: new Date("2026-11-21T00:00:00Z") }));
  const stop = new AbortController();
  const pricing = await loadPricing(sql);
  const resolve: typeof pricing.resolve = (query, team) => {
    // Ends the run while its first batch is being priced.
    stop.abort();
    return pricing.resolve(query, team);
  };
  const model = { provider: "lab", model: "lab-1" };
  const options = { rowsAtOnce: 7, signal: stop.signal };
  const ended = await backfillPrices(sql, { ...pricing, resolve }, model, options);
  assert.equal(ended.filed, 7);
  await assertSound();
  assert.equal((await backfill("lab", "lab-1")).filed, 24 - 7);
  assert.deepEqual(await sums("lab-1"), { cost: "120", list: "120", unpriced: 0n, calls: 48n });
  await assertSound();
});

test("an alias files the calls under the model that it names", async () => {
  await commit([
    call({ provider: "azure", model: "Our-GPT" }),
    call({ provider: "azure", model: "our-gpt" }),
  ]);
  const alias = {
    ...{ provider: "azure.ai.openai", reported: "our-gpt" },
    ...{ targetProvider: "azure.ai.openai", targetModel: "gpt-5.5" },
    ...{ effectiveFrom: null, effectiveTo: null },
  };
  await sql.begin((tx) => recordAlias(tx, alias, "ann"));
  await backfill("azure.ai.openai", "Our-GPT");
  await backfill("azure.ai.openai", "our-gpt");
  const [priced] = await sql<{ model_reported: string; cost: string }[]>`
    select model_reported, trim_scale(cost)::text as cost from usage_event
     where model_reported = 'Our-GPT'`;
  assert.deepEqual({ ...priced }, { model_reported: "Our-GPT", cost: "30" });
  assert.equal((await sums("gpt-5.5"))?.unpriced, 0n);
  await assertSound();
});

test("a missing unit is added to what was known; missing usage stays missing", async () => {
  await record(rate({ model: "lab-2" }));
  const fresh = await loadIngestPlan(sql);
  await new Ledger(sql, () => fresh).commit({
    arrivals: [
      call({ model: "lab-2", tokens: { input_uncached: 1_000_000 } }),
      call({ model: "lab-2", tokens: null }),
    ].map((event) => ({ event, keyId: "" })),
    nodes: [],
    refusals: [],
    receivedAtMs: START_MS + 100 * HOUR_MS,
  });
  assert.deepEqual(await sums("lab-2"), { cost: "2", list: "2", unpriced: 2n, calls: 2n });
  await record(rate({ model: "lab-2", unit: "input_uncached", usd: "0.5" }));
  await backfill("lab", "lab-2");
  assert.deepEqual(await sums("lab-2"), { cost: "2.5", list: "2.5", unpriced: 1n, calls: 2n });
  await assertSound();
});

test("days on which no price holds yet are not gone through again", async () => {
  await commit([call({ model: "lab-soon", startedAtMs: START_MS })]);
  const next = new Date("2026-11-21T00:00:00Z");
  await record(rate({ model: "lab-soon", effectiveFrom: next }));
  const filed = async () => backfillAll(sql, await loadPricing(sql));
  assert.deepEqual(await filed(), { rows: 0, filed: 0, isDone: true });
  await record(rate({ model: "lab-soon", effectiveFrom: new Date(next.getTime() - HOUR_MS) }));
  assert.deepEqual(await filed(), { rows: 1, filed: 0, isDone: true });
  await record(rate({ model: "lab-soon" }));
  assert.deepEqual(await filed(), { rows: 1, filed: 1, isDone: true });
});

test("whatever has a price by now is found: dated names, other teams, releases", async () => {
  await commit([
    call({ model: "lab-9-20260901" }),
    call({ model: "lab-9" }),
    call({ model: "lab-8" }),
  ]);
  await record(rate({ model: "lab-9" }));
  const pricing = await loadPricing(sql);
  assert.deepEqual(await backfillAll(sql, pricing), { rows: 2, filed: 2, isDone: true });
  assert.deepEqual(await backfillAll(sql, pricing), { rows: 0, filed: 0, isDone: true });
  assert.equal((await sums("lab-9"))?.cost, "4");
  const queue = await unpricedQueue(sql, "all", pricing, NOW);
  assert.deepEqual(
    queue.map(({ model, reason, calls, tokens }) => ({ model, reason, calls, tokens })),
    [
      { model: "lab-2", reason: "no_usage", calls: 1, tokens: 0 },
      { model: "lab-8", reason: "no_price", calls: 1, tokens: 1_000_000 },
    ],
  );
  const nobody = { teams: ["nobody"], persons: "all" } as const;
  assert.deepEqual(await unpricedQueue(sql, nobody, pricing, NOW), []);
  await assertSound();
});

test("a model whose only call without waiting failed is not proposed for others", async () => {
  await commit([
    ...[1, 2, 3].map(() =>
      call({ provider: "forge", model: "anvil", tokens: null, status: "error" }),
    ),
    call({ provider: "forge", model: "anvil" }),
    call({ provider: "forge", model: "zzyzx" }),
  ]);
  const queue = await unpricedQueue(sql, "all", await loadPricing(sql), NOW);
  const found = queue.find(({ model }) => model === "zzyzx")?.suggestions;
  assert.equal(found?.basis, "use");
  assert.ok((found?.models.length ?? 0) > 0);
  assert.ok(!found?.models.some(({ model }) => model === "anvil"));
});

test("runs at the same time as collectors and other runs count every call once", async () => {
  const events = Array.from({ length: 60 }, () => call({ model: "lab-3" }));
  await commit(events.slice(0, 40));
  await record(rate({ model: "lab-3" }));
  await Promise.all([
    backfill("lab", "lab-3", 4),
    commit(events),
    backfill("lab", "lab-3", 7),
    commit(events.slice(20)),
  ]);
  await backfill("lab", "lab-3");
  assert.deepEqual(await sums("lab-3"), { cost: "120", list: "120", unpriced: 0n, calls: 60n });
  await assertSound();
});
