import { COMMAND_LINE } from "#lib/audit/actor.ts";
import { openDatabase, type SqlClient } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import type { HistoryPeriod } from "#lib/history-runs/history-period.ts";
import { readRun } from "#lib/history-runs/history-run.ts";
import { requestRun } from "#lib/history-runs/request-run.ts";
import { workOnRun } from "#lib/history-runs/work-on-run.ts";
import { writeRestated } from "#lib/history-runs/write-restated.ts";
import { HISTORY_WORKS } from "#lib/jobs/history-works.ts";
import { verifyCosts } from "#lib/ledger/verify-costs.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import type { NewRate } from "#lib/price-book/own-rate.ts";
import { recordRates } from "#lib/price-book/rate-store.ts";
import { previewRepricing } from "#lib/repricing/preview.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { nextUnitStart, unitStart } from "#lib/time/calendar.ts";
import { startBenchServer } from "./bench-server.ts";
import { DAYS, fillLedger } from "./fill-ledger.ts";

export type RepricingResult = {
  readonly events: number;
  readonly runs: readonly {
    readonly what: string;
    readonly calls: number;
    readonly difference: string;
    readonly previewSeconds: number;
    /** Until every figure has moved. */
    readonly applySeconds: number;
    readonly steps: number;
    /** The longest that collectors had to wait for one step. */
    readonly longestStepSeconds: number;
    /** Differences that were found before the rows were written; null: not looked, for it takes longer than the benchmark. */
    readonly drift: number | null;
    /** Until the ledger's rows were written, too; null: not waited for. */
    readonly writeSeconds: number | null;
  }[];
  readonly drift: number | null;
};

const DAY_MS = 86_400_000;
const MOST_VERIFIED = 1_100_000;

/**
 * How long it takes to see and to apply new prices for a ledger of that size:
 * of one model, and of all of them.
 *
 * @throws when a run does not do what its preview said.
 */
export async function benchRepricing(events: number): Promise<RepricingResult> {
  const server = await startBenchServer({ max_wal_size: "8GB" });
  const { sql, close } = openDatabase(server.url);
  try {
    await migrateDatabase(server.url);
    const nowMs = Date.now();
    const filled = await fillLedger(sql, events, nowMs);
    const period = {
      from: new Date(unitStart(nowMs, "day", "UTC") - (DAYS - 1) * DAY_MS),
      to: new Date(nextUnitStart(nowMs, "day", "UTC")),
    };
    const runs = [];
    const isLarge = filled > MOST_VERIFIED;
    // The rows of one change are written before another is applied.
    for (const [what, rate] of isLarge ? CHANGES.slice(-1) : CHANGES) {
      await sql.begin((tx) => recordRates(tx, [rate], "bench"));
      runs.push({ what, ...(await timeRun(sql, period, isLarge)) });
    }
    return { events: filled, runs, drift: isLarge ? null : await driftOf(sql) };
  } finally {
    await close();
    await server.stop();
  }
}

const ANY: NewRate = {
  ...{ team: null, kind: "contract", provider: null, model: null, unit: null },
  ...{ tier: null, speed: null, region: null, context: null, window: null },
  ...{ includesFees: false, effectiveFrom: null, effectiveTo: null },
  price: { off: { num: 12, den: 100 } },
  source: { name: "bench", url: "", checkedAt: "2026-11-22", quote: null },
};
const CHANGES: readonly (readonly [string, NewRate])[] = [
  ["one model", { ...ANY, provider: "openai", model: "gpt-5.4-mini" }],
  ["all models", ANY],
];

async function timeRun(sql: SqlClient, period: HistoryPeriod, isLarge: boolean) {
  const startedAt = performance.now();
  const { total } = await previewRepricing(sql, {}, period);
  const previewedAt = performance.now();
  const request = {
    kind: "reprice",
    period,
    filter: {},
    expected: total,
    timeZone: "UTC",
  } as const;
  const id = await requestRun(sql, request, COMMAND_LINE, new Date());
  let steps = 0;
  let longestMs = 0;
  let run = await readRun(sql, id);
  for (let before = performance.now(); run?.finishedAt === null; steps++) {
    await workOnRun(sql, HISTORY_WORKS, () => new Date());
    longestMs = Math.max(longestMs, performance.now() - before);
    before = performance.now();
    run = await readRun(sql, id);
  }
  const appliedAt = performance.now();
  if (run?.state !== "done" || run.newCost !== total.newCost || run.calls !== total.calls) {
    throw new Error(`the run did not do what its preview said: ${run?.error ?? run?.state}`);
  }
  return {
    calls: run.calls,
    difference: toDecimal((run.newCost - run.oldCost) as Usd),
    previewSeconds: (previewedAt - startedAt) / 1_000,
    applySeconds: (appliedAt - previewedAt) / 1_000,
    steps,
    longestStepSeconds: longestMs / 1_000,
    drift: isLarge ? null : await driftOf(sql),
    writeSeconds: isLarge ? null : await secondsToWrite(sql),
  };
}

async function secondsToWrite(sql: SqlClient): Promise<number> {
  const startedAt = performance.now();
  while (await writeRestated(sql));
  return (performance.now() - startedAt) / 1_000;
}

async function driftOf(sql: SqlClient): Promise<number> {
  const always = { from: null, to: null };
  return (await verifyRollups(sql, always)).length + (await verifyCosts(sql, always)).wrong;
}
