import assert from "node:assert/strict";
import { insertTeamModel } from "#lib/cost-book/team-model-store.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { sumChanges } from "#lib/history-runs/change.ts";
import { readRun, runChanges } from "#lib/history-runs/history-run.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import type { HistoryWorks } from "#lib/history-runs/work-on-run.ts";
import { recordAlias } from "#lib/price-book/model-alias.ts";
import type { NewRate } from "#lib/price-book/own-rate.ts";
import { recordRates } from "#lib/price-book/rate-store.ts";
import { assertVerified, finishRuns } from "#lib/testing/history.ts";
import { modelCall, tokens } from "#lib/testing/usage-events.ts";
import { parseDay } from "#lib/time/civil-day.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { previewRepricing } from "./preview.ts";
import { repricingWork } from "./repricing-work.ts";

export const NOW = new Date("2026-11-22T12:00:00Z");
/** The days of `mixedCalls`. */
export const PERIOD = {
  from: new Date("2026-10-10T00:00:00Z"),
  to: new Date("2026-10-13T00:00:00Z"),
};
export const ACTOR = { kind: "user", id: "ann", label: "ann@example.com" } as const;
/** In small steps. */
export const WORKS: HistoryWorks = {
  reprice: repricingWork(40, 1),
  reallocate: repricingWork(),
};

/** Re-prices the period of the tests. */
export function repricing(sql: SqlClient) {
  const preview = (filter = {}) => previewRepricing(sql, filter, PERIOD);
  const request = (filter = {}) =>
    requestRun(
      sql,
      { kind: "reprice", period: PERIOD, filter, expected: null, timeZone: "UTC" },
      ACTOR,
      NOW,
    );
  /** Asks for what was previewed, does it, and holds it to the preview. */
  const repriceAsPreviewed = async (filter = {}) => {
    const { total, changes } = await preview(filter);
    const id = await request(filter);
    await finishRuns(sql, WORKS);
    const run = await readRun(sql, id);
    assert.equal(run?.state, "done");
    const inOrder = (rows: readonly object[]) =>
      rows.map((row) => JSON.stringify(row, (_, v) => (typeof v === "bigint" ? `${v}` : v))).sort();
    assert.deepEqual(inOrder(await runChanges(sql, id)), inOrder(changes));
    assert.deepEqual(sumChanges(await runChanges(sql, id)), total);
    await assertVerified(sql);
    return { id, total };
  };
  return { preview, request, repriceAsPreviewed };
}

/** Prices of all sorts that change: a band, an own price, a contract, a window, a name, who pays. */
export async function changePrices(sql: SqlClient): Promise<void> {
  await record(
    sql,
    rate({ effectiveFrom: new Date("2026-10-11T09:20:00Z") }),
    rate({ context: { over: 100_000 }, price: { amount: "40.5", per: 1_000_000 } }),
    rate({
      team: "payments",
      kind: "contract",
      provider: null,
      model: null,
      unit: null,
      price: { off: { num: 12, den: 100 } },
    }),
    rate({ kind: "estimate", provider: "lab", model: "lab-1", price: { amount: "1", per: 3 } }),
    rate({
      provider: "anthropic",
      model: "claude-sonnet-4-6",
      unit: "web_search",
      price: { amount: "12", per: 1_000 },
    }),
    rate({
      ...{ provider: "deepseek", model: "deepseek-chat", unit: "input_uncached" },
      window: { tz: "UTC", from: "16:30", to: "00:30" },
      price: { amount: "0.07", per: 1_000_000 },
    }),
  );
  const alias = {
    ...{ provider: "azure.ai.openai", reported: "our-gpt" },
    ...{ targetProvider: "azure.ai.openai", targetModel: "gpt-5.5" },
    ...{ effectiveFrom: new Date("2026-10-11T00:00:00Z"), effectiveTo: null },
  };
  const model = {
    team: "search",
    effectiveFrom: parseDay("2026-10-12"),
    markup: { num: 0n, den: 1n },
    funding: [
      { provider: "anthropic", model: null, source: "plan" },
      { provider: "openai", model: null, source: "credits" },
    ],
    headcount: null,
    note: "",
  } as const;
  await sql.begin(async (tx) => {
    await recordAlias(tx, alias, "ann");
    await insertTeamModel(tx, model, "ann");
  });
}

/** Takes back all that was recorded of prices, names and who pays. */
export async function unbelieve(sql: SqlClient): Promise<void> {
  for (const table of ["price_rate", "cost_model", "model_alias"]) {
    await sql`
      update ${sql(table)} set superseded_at = now(), superseded_by = 'ann'
       where superseded_at is null`;
  }
}

/** A call as its client or the gateway before it tells of it; the gateway knows better. */
export function twin(by: "client" | "gateway", n: number): UsageEvent {
  const traceId = `${by === "client" ? "a" : "b"}${n}`.padEnd(32, "e");
  return modelCall(`${by} ${n}`, {
    ...{ traceId, spanId: traceId.slice(0, 16), service: "gateway" },
    ...{ responseIds: [`twin-${n}`], identityOf: { session: "s3" } },
    startedAtMs: PERIOD.from.getTime() + (n * 24 + 9) * 3_600_000,
    tokens: by === "client" ? tokens(100, 10) : tokens(40, 10, { cache_read: 60 }),
  });
}

/** A price of one's own; without changes, that of the output of gpt-5.5 at any time. */
export function rate(changes: Partial<NewRate>): NewRate {
  return {
    team: null,
    kind: "list",
    provider: "openai",
    model: "gpt-5.5",
    unit: "output",
    price: { amount: "31", per: 1_000_000 },
    ...{ tier: null, speed: null, region: null, context: null, window: null },
    includesFees: false,
    ...{ effectiveFrom: null, effectiveTo: null },
    source: { name: "invoice", url: "", checkedAt: "2026-11-22", quote: null },
    ...changes,
  };
}

export const record = (sql: SqlClient, ...rates: NewRate[]) =>
  sql.begin((tx) => recordRates(tx, rates, "ann"));
