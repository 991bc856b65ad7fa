import { createKey } from "#lib/access/keys.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { refitForecasts } from "#lib/forecasting/refit.ts";
import { type BenchProcess, nextMessage, startProcess } from "./bench-process.ts";
import { startBenchServer } from "./bench-server.ts";
import { fillDays, keepHalfYear, type SeriesCount } from "./fill-days.ts";
import type { LoadOrder } from "./load-process.ts";
import { SPANS_OF_REQUEST } from "./load-requests.ts";
import { type Sent, sendAll, startCollector } from "./loaded-collector.ts";
import type { RefitReport } from "./refit-process.ts";

export type RefitIngestResult = {
  /** Events a second that were sent; null: as many as were taken. */
  readonly rate: number | null;
  /** Ingest while the refit is held. */
  readonly alone: Stretches;
  /** While it goes on. */
  readonly during: Stretches;
  readonly series: number;
  /** How long the refit took, without the times it was held; null: longer than it was watched. */
  readonly refitSeconds: number | null;
};

export type Stretches = {
  readonly count: number;
  readonly eventsPerSecond: number;
  /** Of the stretch in the middle. */
  readonly p50Ms: number;
  readonly p95Ms: number;
};

const DAY_MS = 86_400_000;
const REQUESTS = 100;
const MOST_PAIRS = 40;
const WARM_UPS = 10;
/** Also after each time the refit was held. */
const WARM_UP_REQUESTS = 30;

/**
 * Ingest with and without a refit of half a year's forecasts, in turn in one
 * run: the refit is held for every other stretch, since a ledger that grows
 * takes telemetry more slowly anyway.
 *
 * @param rate Events a second; null: at full load.
 */
export async function benchIngestDuringRefit(
  series: SeriesCount,
  rate: number | null,
): Promise<RefitIngestResult> {
  const server = await startBenchServer({ max_wal_size: "8GB" });
  const database = openDatabase(server.url);
  const running: BenchProcess[] = [];
  try {
    await migrateDatabase(server.url);
    const yesterday = Date.now() - DAY_MS;
    await fillDays(database.sql, series, yesterday);
    await refitForecasts(database.sql, new Date(yesterday), new AbortController().signal);
    await keepHalfYear(database.sql);
    return await run(database, server.url, rate, running);
  } finally {
    for (const process of running) await process.stop();
    await database.close();
    await server.stop();
  }
}

async function run(
  { db }: Database,
  databaseUrl: string,
  rate: number | null,
  running: BenchProcess[],
): Promise<RefitIngestResult> {
  const { secret: key } = await createKey(db, SYSTEM, {
    kind: "ingest",
    team: null,
    label: "benchmark",
  });
  const { url } = await startCollector(databaseUrl, null, running);
  const order: LoadOrder = {
    ...{ url, key, connections: 16, requests: REQUESTS },
    warmUpRequests: WARM_UP_REQUESTS,
    rate: rate === null ? null : rate / SPANS_OF_REQUEST,
    stretches: 3 * MOST_PAIRS,
    shape: { run: Date.now().toString(36), seed: 1, splitTraces: false },
  };
  const load = startProcess("lib/bench/load-process.ts", { arguments: [JSON.stringify(order)] });
  running.push(load);
  await nextMessage(load);
  const warmUp = () => sendAll(load, "warm up", WARM_UP_REQUESTS);
  const stretch = () => sendAll(load, "measure", REQUESTS);
  for (let index = 0; index < WARM_UPS; index += 1) await warmUp();
  return { rate, ...(await besideRefit(databaseUrl, running, { warmUp, stretch })) };
}

async function besideRefit(
  databaseUrl: string,
  running: BenchProcess[],
  { warmUp, stretch }: Record<"warmUp" | "stretch", () => Promise<Sent>>,
): Promise<Omit<RefitIngestResult, "rate">> {
  const worker = startProcess("lib/bench/refit-process.ts", {
    arguments: [databaseUrl],
    detached: true,
  });
  running.push(worker);
  let report: RefitReport | null = null;
  const reported = nextMessage<RefitReport>(worker).then((told) => {
    report = told;
  });
  const alone: Sent[] = [];
  const during: Sent[] = [];
  let heldSeconds = 0;
  worker.child.send("refit");
  while (alone.length < MOST_PAIRS && report === null) {
    const beside = await stretch();
    if (report !== null) break;
    worker.child.kill("SIGSTOP");
    const held = await stretch();
    worker.child.kill("SIGCONT");
    await warmUp();
    during.push(beside);
    alone.push(held);
    heldSeconds += held.seconds;
  }
  const isOver = report !== null;
  await reported;
  const { series, seconds } = report ?? { series: 0, seconds: 0 };
  const refitSeconds = isOver ? seconds - heldSeconds : null;
  return { alone: summed(alone), during: summed(during), series, refitSeconds };
}

function summed(stretches: readonly Sent[]): Stretches {
  const seconds = stretches.reduce((sum, each) => sum + each.seconds, 0);
  const middle = (of: (sent: Sent) => number) =>
    stretches.map(of).sort((a, b) => a - b)[stretches.length >> 1] ?? 0;
  return {
    count: stretches.length,
    eventsPerSecond: (stretches.length * REQUESTS * SPANS_OF_REQUEST) / seconds,
    p50Ms: middle(({ ackMs }) => ackMs.p50),
    p95Ms: middle(({ ackMs }) => ackMs.p95),
  };
}
