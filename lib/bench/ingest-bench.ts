import { createKey } from "#lib/access/keys.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { type BenchProcess, nextMessage, startProcess } from "./bench-process.ts";
import { startBenchServer } from "./bench-server.ts";
import { checkLedger } from "./check-ledger.ts";
import { type CopyBaseline, measureCopy } from "./copy-baseline.ts";
import { serverCpuSeconds } from "./cpu-time.ts";
import type { LoadOrder } from "./load-process.ts";
import { SPANS_OF_REQUEST } from "./load-requests.ts";
import { type Encoded, type Sent, sendAll, startCollector } from "./loaded-collector.ts";

export type IngestOptions = {
  readonly requests: number;
  readonly warmUpRequests: number;
  readonly connections: number;
  readonly splitTraces: boolean;
  readonly seed: number;
  /** Where the collector's processor profile goes; null measures without one. */
  readonly profileDirectory: string | null;
};

export type IngestResult = {
  readonly events: number;
  readonly seconds: number;
  readonly ackMs: Sent["ackMs"];
  readonly cpuSeconds: CpuSeconds;
  readonly payload: Encoded;
  readonly copy: CopyBaseline;
  /** With a profile: what the server spent its time on, dearest first. */
  readonly statements: readonly StatementTime[];
};

/** Processor time of the measured stretch; null where the system does not tell it. */
export type CpuSeconds = {
  readonly collector: number | null;
  readonly database: number | null;
  readonly load: number;
};

export type StatementTime = {
  readonly totalMs: number;
  readonly calls: number;
  readonly rows: number;
  readonly query: string;
};

/**
 * Ingest from end to end: the collector's own process on the Postgres of
 * `npm start`, loaded over HTTP by another process; then the same rows by bare
 * COPY on the same server.
 *
 * @throws unless every request was accepted, and the ledger then held exactly
 *   the events that were sent, and the rollups their sums.
 */
export async function benchIngest(options: IngestOptions): Promise<IngestResult> {
  const isProfiled = options.profileDirectory !== null;
  const server = await startBenchServer(
    isProfiled ? { shared_preload_libraries: "pg_stat_statements" } : {},
  );
  const database = openDatabase(server.url);
  const running: BenchProcess[] = [];
  try {
    await migrateDatabase(server.url);
    if (isProfiled) await database.sql`create extension pg_stat_statements`;
    return await run(options, server.url, database, running);
  } finally {
    for (const process of running) await process.stop();
    await database.close();
    await server.stop();
  }
}

async function run(
  options: IngestOptions,
  databaseUrl: string,
  database: Database,
  running: BenchProcess[],
): Promise<IngestResult> {
  const { secret: key } = await createKey(database.db, SYSTEM, {
    kind: "ingest",
    team: null,
    label: "benchmark",
  });
  const { collector, url } = await startCollector(databaseUrl, options.profileDirectory, running);
  const order: LoadOrder = {
    url,
    key,
    connections: options.connections,
    rate: null,
    warmUpRequests: options.warmUpRequests,
    requests: options.requests,
    stretches: 1,
    shape: {
      run: Date.now().toString(36),
      seed: options.seed,
      splitTraces: options.splitTraces,
    },
  };
  const load = startProcess("lib/bench/load-process.ts", { arguments: [JSON.stringify(order)] });
  running.push(load);
  const payload = await nextMessage<Encoded>(load);
  await sendAll(load, "warm up", options.warmUpRequests);
  if (options.profileDirectory !== null) await database.sql`select pg_stat_statements_reset()`;
  const before = [await collector.cpuSeconds(), await serverCpuSeconds(database.sql)] as const;
  const sent = await sendAll(load, "measure", options.requests);
  const after = [await collector.cpuSeconds(), await serverCpuSeconds(database.sql)] as const;
  const statements = options.profileDirectory === null ? [] : await dearestStatements(database);
  await load.stop();
  await checkLedger(database.sql, order, payload.outputTokens);
  await collector.stop();
  return {
    events: options.requests * SPANS_OF_REQUEST,
    seconds: sent.seconds,
    ackMs: sent.ackMs,
    cpuSeconds: {
      collector: difference(before[0], after[0]),
      database: difference(before[1], after[1]),
      load: sent.cpuSeconds,
    },
    payload,
    copy: await measureCopy(database.sql),
    statements,
  };
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}

async function dearestStatements({ sql }: Database): Promise<StatementTime[]> {
  return sql<StatementTime[]>`
    select total_exec_time as "totalMs", calls::int as calls, rows::int as rows,
           regexp_replace(query, '\\s+', ' ', 'g') as query
      from pg_stat_statements
     order by total_exec_time desc limit 20`;
}
