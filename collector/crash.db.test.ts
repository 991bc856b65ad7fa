import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, beforeEach, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createKey } from "#lib/access/keys.ts";
import { SYSTEM } from "#lib/audit/actor.ts";
import { openDatabase } from "#lib/db/client.ts";
import { migrateDatabase } from "#lib/db/migrate.ts";
import { verifyCosts } from "#lib/ledger/verify-costs.ts";
import { verifyRollups } from "#lib/rollups/verify.ts";
import { startEmbeddedPostgres } from "#lib/runtime/embedded-postgres.ts";
import { freePort } from "#lib/runtime/ports.ts";

// A real collector and a Postgres of its own, with the durability that the
// product runs with, killed while requests are in flight. What was answered
// with 200 must be in the ledger, once; what was not may be.

const MAIN = fileURLToPath(new URL("./main.ts", import.meta.url));
const SENDERS = 6;
const WHOLE = { from: null, to: null };

const directory = await mkdtemp(join(tmpdir(), "outlay-crash-"));
let server = await startEmbeddedPostgres({
  dataDir: directory,
  password: "test",
  onLine: () => {},
});
await migrateDatabase(server.url);
const database = openDatabase(server.url, { maxConnections: 2, applicationName: "crash-test" });
const { sql } = database;
const { secret } = await createKey(database.db, SYSTEM, {
  kind: "ingest",
  team: null,
  label: "crash",
});
const port = await freePort();

let collector: ChildProcess;
let traffic: Traffic;

after(async () => {
  await database.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
});

beforeEach(async () => {
  collector = await startCollector();
  traffic = new Traffic();
});

afterEach(async () => {
  await traffic.stop();
  await kill(collector);
});

async function startCollector(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      DATABASE_URL: server.url,
      OUTLAY_SECRET: "a secret of the tests",
      OTLP_HTTP_PORT: String(port),
      OTLP_GRPC_PORT: String(await freePort()),
    },
    stdio: "ignore",
  });
  await eventually("the collector is ready", async () => {
    assert.equal(child.exitCode, null, "the collector ended by itself");
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    return answer?.status === 200;
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

/** Several senders, each with one request after the other, each request with a call of its own. */
class Traffic {
  readonly acknowledged = new Set<string>();
  readonly statuses = new Map<number, number>();
  /** Answered by nobody: the collector was gone. */
  broken = 0;
  #running = true;
  readonly #senders: Promise<void>[];

  constructor() {
    this.#senders = Array.from({ length: SENDERS }, () => this.#send());
  }

  of(status: number): number {
    return this.statuses.get(status) ?? 0;
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#senders);
  }

  async #send(): Promise<void> {
    while (this.#running) {
      const spanId = randomBytes(8).toString("hex");
      const status = await exportCall(spanId).catch(() => null);
      if (status === 200) this.acknowledged.add(spanId);
      if (status === null) this.broken += 1;
      else this.statuses.set(status, this.of(status) + 1);
      if (status !== 200) await sleep(20);
    }
  }
}

async function exportCall(spanId: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
    method: "POST",
    headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
    body: JSON.stringify(requestWith(spanId)),
    signal: AbortSignal.timeout(20_000),
  });
  assert.doesNotMatch(await response.text(), /rejectedSpans/);
  return response.status;
}

function requestWith(spanId: string) {
  const startMs = Date.now();
  const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
  const count = (key: string, intValue: number) => ({ key, value: { intValue } });
  const span = {
    traceId: randomBytes(16).toString("hex"),
    spanId,
    name: "chat gpt-5.5",
    kind: 3,
    startTimeUnixNano: `${startMs}000000`,
    endTimeUnixNano: `${startMs + 5}000000`,
    attributes: [
      text("gen_ai.operation.name", "chat"),
      text("gen_ai.provider.name", "openai"),
      text("gen_ai.request.model", "gpt-5.5"),
      text("gen_ai.response.model", "gpt-5.5"),
      text("gen_ai.conversation.id", `session ${spanId.slice(0, 1)}`),
      count("gen_ai.usage.input_tokens", 100),
      count("gen_ai.usage.output_tokens", 10),
    ],
  };
  const resource = { attributes: [text("service.name", "crash-test")] };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] };
}

async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `not within half a minute: ${what}`);
    await sleep(20);
  }
}

/** Waits until so many more requests have been answered with 200. */
async function moreAcknowledged(count: number): Promise<void> {
  const enough = traffic.acknowledged.size + count;
  await eventually("requests are answered with 200", () => traffic.acknowledged.size >= enough);
}

async function assertNothingIsLost(): Promise<void> {
  await traffic.stop();
  const rows = await sql<{ span_id: string }[]>`
    select encode(span_id, 'hex') as span_id from usage_event where counted`;
  const stored = new Set(rows.map(({ span_id }) => span_id));
  assert.equal(stored.size, rows.length, "a call counts twice");
  const lost = [...traffic.acknowledged].filter((spanId) => !stored.has(spanId));
  assert.deepEqual(lost, []);
  assert.deepEqual(await verifyRollups(sql, WHOLE), []);
  assert.equal((await verifyCosts(sql, WHOLE)).wrong, 0);
}

describe("what was answered with 200 is in the ledger, once", () => {
  test("after the collector is killed, again and again", async () => {
    for (let round = 0; round < 2; round++) {
      await moreAcknowledged(60);
      await kill(collector);
      collector = await startCollector();
    }
    await moreAcknowledged(1);
    assert.ok(traffic.broken > 0, "nothing was in flight");
    await assertNothingIsLost();
    assert.deepEqual([...traffic.statuses.keys()], [200]);
  });

  test("after its connections are cut in the middle of transactions", async () => {
    for (let round = 0; round < 3; round++) {
      await moreAcknowledged(40);
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'outlay-collector'`;
    }
    await moreAcknowledged(40);
    await assertNothingIsLost();
    assertOnlyRetryable();
  });

  // Postgres then restarts all its processes and recovers from its log.
  test("after a backend of the database crashes", async () => {
    await moreAcknowledged(40);
    const [backend] = await sql<{ pid: number }[]>`
      select pid from pg_stat_activity
       where application_name = 'outlay-collector' order by state_change desc limit 1`;
    process.kill(backend?.pid ?? assert.fail("no backend"), "SIGKILL");
    await moreAcknowledged(40);
    await assertNothingIsLost();
    assertOnlyRetryable();
  });

  test("after the database crashes and comes back; meanwhile senders are told to try again", async () => {
    await moreAcknowledged(40);
    const [main] = await sql<{ pid: number }[]>`
      select split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int as pid`;
    process.kill(main?.pid ?? assert.fail("no server"), "SIGKILL");
    await server.exited;
    await eventually("senders are answered with 503", () => traffic.of(503) >= SENDERS);
    server = await server.restart();
    await moreAcknowledged(40);
    await assertNothingIsLost();
    assertOnlyRetryable();
  });
});

/** A sender that is answered otherwise throws its data away. */
function assertOnlyRetryable(): void {
  const others = [...traffic.statuses.keys()].filter((status) => status !== 200 && status !== 503);
  assert.deepEqual([others, traffic.broken], [[], 0]);
}
