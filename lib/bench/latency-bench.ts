import { createKey } from "#lib/access/keys.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createUser } from "#lib/auth/create-user.ts";
import { type Database, openDatabase } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { freePort } from "#lib/runtime/ports.ts";
import { type BenchProcess, nextMessage, startProcess } from "./bench-process.ts";
import { startBenchServer } from "./bench-server.ts";
import { serverCpuSeconds } from "./cpu-time.ts";
import { fillLedger } from "./fill-ledger.ts";
import { percentile } from "./percentile.ts";
import { QUESTIONS, type Question } from "./questions.ts";
import { ask, signIn } from "./web-client.ts";

export type LatencyOptions = {
  /** How many events the ledger is to hold. */
  readonly events: number;
  /** How often each question is asked; a tenth of it before the clock starts. */
  readonly requests: number;
};

export type LatencyResult = {
  readonly events: number;
  readonly fillSeconds: number;
  readonly answers: readonly {
    readonly name: string;
    readonly p50: number;
    readonly p95: number;
    /** Processor time of web and database for one answer; null where the system does not tell it. */
    readonly cpuMs: number | null;
  }[];
};

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
const PERSON = { email: "bench@outlay.test", password: "correct horse battery staple" };

/**
 * How long pages and API take on a ledger of that size: one client that asks
 * one question after the other.
 *
 * @throws when an answer is not 200, or the filled rollups are not the sums of
 *   the filled ledger.
 */
export async function benchLatency(options: LatencyOptions): Promise<LatencyResult> {
  const server = await startBenchServer(SETTINGS);
  const database = openDatabase(server.url);
  const running: BenchProcess[] = [];
  try {
    await migrateDatabase(server.url);
    const startedAt = performance.now();
    const nowMs = Date.now();
    const events = await fillLedger(database.sql, options.events, nowMs);
    const fillSeconds = (performance.now() - startedAt) / 1_000;
    if (events <= MOST_VERIFIED * 1.1) await requireNoDrift(database);
    const web = await startWeb(server.url, running);
    const headers = await openDoors(database, web.url);
    const cpuSeconds = async () => {
      const parts = [await web.process.cpuSeconds(), await serverCpuSeconds(database.sql)];
      return parts.reduce<number | null>(
        (sum, part) => (sum === null || part === null ? null : sum + part),
        0,
      );
    };
    const answers = [];
    for (const question of QUESTIONS) {
      const url = `${web.url}${question.path(nowMs)}`;
      const door = headers[question.door];
      await time(url, door, Math.ceil(options.requests / 10), question);
      const before = await cpuSeconds();
      const times = await time(url, door, options.requests, question);
      const after = await cpuSeconds();
      answers.push({
        name: question.name,
        p50: percentile(times, 0.5),
        p95: percentile(times, 0.95),
        cpuMs:
          before === null || after === null ? null : ((after - before) * 1_000) / options.requests,
      });
    }
    return { events, fillSeconds, answers };
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
  const [web, http, grpc] = [await freePort(), await freePort(), await freePort()];
  const process = startProcess("app/_server/main.ts", {
    env: {
      DATABASE_URL: databaseUrl,
      OUTLAY_SECRET: "a secret of the benchmark",
      PORT: String(web),
      OTLP_HTTP_PORT: String(http),
      OTLP_GRPC_PORT: String(grpc),
    },
  });
  running.push(process);
  await nextMessage(process);
  return { process, url: `http://127.0.0.1:${web}` };
}

type Doors = { readonly [D in Question["door"]]: Readonly<Record<string, string>> };

async function openDoors({ db }: Database, web: string): Promise<Doors> {
  const key = { kind: "api", team: null, label: "benchmark", role: "admin" } as const;
  const { secret } = await createKey(db, SYSTEM, key);
  await createUser(db, SYSTEM, { ...PERSON, name: "Bench", role: "admin", teams: [] });
  return {
    api: { authorization: `Bearer ${secret}` },
    page: { cookie: await signIn(web, PERSON.email, PERSON.password) },
  };
}

async function time(
  url: string,
  headers: Readonly<Record<string, string>>,
  requests: number,
  { name, isAnswer }: Question,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < requests; i++) {
    const answer = await ask(url, headers);
    if (answer.status !== 200 || !isAnswer(answer.body)) {
      throw new Error(`${name}: ${answer.status} ${answer.body.slice(0, 500)}`);
    }
    times.push(answer.ms);
  }
  return times;
}
