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
  /** Ingest by itself, before and after. */
  readonly alone: Stretches;
  /** While the refit went on: the stretches that it filled from end to end. */
  readonly during: Stretches;
  readonly refit: RefitReport;
};

export type Stretches = {
  readonly count: number;
  readonly eventsPerSecond: number;
  /** Of the stretch in the middle. */
  readonly p50Ms: number;
  readonly p95Ms: number;
};

const DAY_MS = 86_400_000;
const REQUESTS = 200;
const BEFORE = 4;
const MOST_DURING = 16;
const AFTER = 4;

/** Ingest at full load with and without a refit of half a year's forecasts, in one run. */
export async function benchIngestDuringRefit(series: SeriesCount): Promise<RefitIngestResult> {
  const server = await startBenchServer({ max_wal_size: "8GB" });
  const database = openDatabase(server.url);
  const running: BenchProcess[] = [];
  try {
    await migrateDatabase(server.url);
    const yesterday = Date.now() - DAY_MS;
    await fillDays(database.sql, series, yesterday);
    await refitForecasts(database.sql, new Date(yesterday), new AbortController().signal);
    await keepHalfYear(database.sql);
    return await run(database, server.url, running);
  } finally {
    for (const process of running) await process.stop();
    await database.close();
    await server.stop();
  }
}

async function run(
  { db }: Database,
  databaseUrl: string,
  running: BenchProcess[],
): Promise<RefitIngestResult> {
  const { secret: key } = await createKey(db, SYSTEM, {
    kind: "ingest",
    team: null,
    label: "benchmark",
  });
  const { url } = await startCollector(databaseUrl, null, running);
  const order: LoadOrder = {
    ...{ url, key, connections: 16, warmUpRequests: 300, requests: REQUESTS },
    stretches: BEFORE + MOST_DURING + AFTER,
    shape: { run: Date.now().toString(36), seed: 1, splitTraces: false },
  };
  const load = startProcess("lib/bench/load-process.ts", { arguments: [JSON.stringify(order)] });
  running.push(load);
  await nextMessage(load);
  await sendAll(load, "warm up", order.warmUpRequests);
  const stretch = () => sendAll(load, "measure", REQUESTS);
  const alone: Sent[] = [];
  for (let index = 0; index < BEFORE; index += 1) alone.push(await stretch());
  const { during, refit } = await whileRefitting(databaseUrl, running, stretch);
  for (let index = 0; index < AFTER; index += 1) alone.push(await stretch());
  return { alone: summed(alone), during: summed(during), refit };
}

async function whileRefitting(
  databaseUrl: string,
  running: BenchProcess[],
  stretch: () => Promise<Sent>,
): Promise<{ during: Sent[]; refit: RefitReport }> {
  const worker = startProcess("lib/bench/refit-process.ts", { arguments: [databaseUrl] });
  running.push(worker);
  let isOver = false;
  const reported = nextMessage<RefitReport>(worker).finally(() => {
    isOver = true;
  });
  worker.child.send("refit");
  const during: Sent[] = [];
  for (let index = 0; index < MOST_DURING && !isOver; index += 1) {
    const sent = await stretch();
    // The last one was not all beside the refit.
    if (!isOver) during.push(sent);
  }
  return { during, refit: await reported };
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
