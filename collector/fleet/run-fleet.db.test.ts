import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createInterface } from "node:readline";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "#lib/runtime/ports.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const { url } = await createTestDatabase();
const port = await freePort();
const pids: number[] = [];
const collector = spawn(process.execPath, [MAIN], {
  env: {
    ...process.env,
    DATABASE_URL: url,
    OUTLAY_SECRET: "a secret of the tests",
    OTLP_HTTP_PORT: String(port),
    OTLP_GRPC_PORT: String(await freePort()),
    OUTLAY_COLLECTOR_PROCESSES: "2",
  },
  stdio: ["ignore", "ignore", "pipe"],
});
createInterface({ input: collector.stderr }).on("line", (line) => {
  const [, pid] = /starts a process.*pid=(\d+)/.exec(line) ?? [];
  if (pid !== undefined) pids.push(Number(pid));
});
after(() => collector.kill("SIGKILL"));

/** One request over a connection of its own, as which it goes to the next process. */
async function get(path: string): Promise<{ status: number | undefined; text: string }> {
  const call = request({ port, host: "127.0.0.1", path, agent: false }).end();
  const [response] = await once(call, "response");
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, text: Buffer.concat(chunks).toString() };
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds().catch(() => false))) {
    assert.ok(Date.now() < deadline, "not within half a minute");
    await sleep(50);
  }
}

const processes = async () =>
  Number(/^outlay_collector_processes (\d+)$/m.exec((await get("/metrics")).text)?.[1]);

test("two processes answer on one port, with the sum of what they counted", async () => {
  await eventually(async () => (await get("/readyz")).status === 200);
  for (let i = 0; i < 4; i++) assert.equal((await post()).statusCode, 401);
  for (let i = 0; i < 4; i++) {
    const { text } = await get("/metrics");
    assert.match(
      text,
      /outlay_otlp_requests_total\{transport="http",signal="traces",code="401"\} 4\n/,
    );
  }
  assert.equal(await processes(), 2);
});

test("one that is killed is started again, and SIGTERM stops all", async () => {
  assert.equal(pids.length, 2);
  const [first = 0] = pids;
  process.kill(first, "SIGKILL");
  await eventually(async () => pids.length === 3 && (await processes()) === 2);
  const exited = once(collector, "exit");
  collector.kill("SIGTERM");
  assert.deepEqual(await exited, [0, null]);
  for (const pid of pids) assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
});

async function post() {
  const call = request({
    ...{ port, host: "127.0.0.1", path: "/v1/traces", method: "POST", agent: false },
    headers: { "content-type": "application/json" },
  }).end("{}");
  const [response] = await once(call, "response");
  response.resume();
  return response;
}
