import { SYSTEM } from "#lib/audit/actor.ts";
import { createUser } from "#lib/auth/create-user.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { type BenchProcess, nextMessage, partEnvironment, startProcess } from "./bench-process.ts";
import { startBenchServer } from "./bench-server.ts";
import { serverCpuSeconds } from "./cpu-time.ts";
import { fillLedger } from "./fill-ledger.ts";

/** The web on a ledger that was filled for a benchmark, and somebody who may see all of it. */
export type FilledWeb = {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly web: BenchProcess;
  readonly url: string;
  /** When the last event was. */
  readonly nowMs: number;
  readonly events: number;
  readonly fillSeconds: number;
  /** Processor time of web and database so far; null where the system does not tell it. */
  readonly cpuSeconds: () => Promise<number | null>;
};

export const PERSON = { email: "bench@outlay.test", password: "correct horse battery staple" };
/** It is only read: nothing that makes writing safe has a part in the figures. */
const SETTINGS = {
  fsync: "off",
  synchronous_commit: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "16GB",
  autovacuum: "off",
};
/** Above it, adding up the whole ledger takes longer than the benchmark. */
const MOST_VERIFIED = 1_000_000;

/**
 * Fills a ledger with about so many events, serves its pages, and takes all of
 * it away when `work` is done.
 *
 * @throws when the filled rollups are not the sums of the filled ledger.
 */
export async function withFilledWeb<Result>(
  wanted: number,
  work: (filled: FilledWeb) => Promise<Result>,
): Promise<Result> {
  const server = await startBenchServer(SETTINGS);
  const database = openDatabase(server.url);
  const running: BenchProcess[] = [];
  try {
    await migrateDatabase(server.url);
    const startedAt = performance.now();
    const nowMs = Date.now();
    const events = await fillLedger(database.sql, wanted, nowMs);
    const fillSeconds = (performance.now() - startedAt) / 1_000;
    if (events <= MOST_VERIFIED * 1.1) await requireNoDrift(database);
    const { process: web, url } = await startWeb(server.url, running);
    await createUser(database.db, SYSTEM, { ...PERSON, name: "Bench", role: "admin", teams: [] });
    const cpuSeconds = async () => {
      const [ofWeb, ofDatabase] = [await web.cpuSeconds(), await serverCpuSeconds(database.sql)];
      return ofWeb === null || ofDatabase === null ? null : ofWeb + ofDatabase;
    };
    const served = { database, databaseUrl: server.url, web, url, cpuSeconds };
    return await work({ ...served, nowMs, events, fillSeconds });
  } finally {
    for (const process of running) await process.stop();
    await database.close();
    await server.stop();
  }
}

async function requireNoDrift({ sql }: Database): Promise<void> {
  const [drift] = await verifyRollups(sql, { from: null, to: null });
  if (drift !== undefined) throw new Error(`a rollup drifts: ${JSON.stringify(drift)}`);
}

async function startWeb(
  databaseUrl: string,
  running: BenchProcess[],
): Promise<{ process: BenchProcess; url: string }> {
  const { env, web } = await partEnvironment(databaseUrl);
  const process = startProcess("app/_server/main.ts", { env });
  running.push(process);
  await nextMessage(process);
  return { process, url: `http://127.0.0.1:${web}` };
}
