import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import { askInstance } from "./control-socket.ts";
import { isRunning } from "./is-running.ts";
import { freePort } from "./ports.ts";

const START = fileURLToPath(new URL("../testing/small-start.ts", import.meta.url));
const running = new Set<ChildProcess>();
const directories: string[] = [];

after(async () => {
  for (const child of running) child.kill("SIGKILL");
  await sleep(500);
  for (const path of directories) await rm(path, { recursive: true, force: true });
});

type Setting = { readonly dataDir: string; readonly env: Record<string, string> };

async function aSetting(): Promise<Setting> {
  const dataDir = await mkdtemp(join(tmpdir(), "outlay-start-"));
  directories.push(dataDir);
  const [web, http, grpc] = [await freePort(), await freePort(), await freePort()];
  return {
    dataDir,
    env: {
      OUTLAY_DATA_DIR: dataDir,
      PORT: String(web),
      OTLP_HTTP_PORT: String(http),
      OTLP_GRPC_PORT: String(grpc),
    },
  };
}

function begin(setting: Setting) {
  const { npm_lifecycle_event: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [START], {
    env: { ...inherited, ...setting.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let log = "";
  child.stderr.on("data", (chunk) => {
    log += String(chunk);
  });
  return {
    child,
    log: () => log,
    ready: () =>
      Promise.race([
        once(child.stdout, "data").then(() => undefined),
        once(child, "exit").then(() => assert.fail(`ended before it was ready: ${log}`)),
      ]),
    ended: once(child, "exit").then(([code]) => code as number | null),
  };
}

const askPart = async (setting: Setting, path = "/"): Promise<number> =>
  Number(await (await fetch(`http://127.0.0.1:${setting.env.PORT}${path}`)).text());

async function postmaster({ dataDir }: Setting): Promise<number> {
  return Number((await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n")[0]);
}

async function databaseAnswers({ dataDir }: Setting): Promise<boolean> {
  const instance = await askInstance(dataDir);
  assert.ok(typeof instance === "object" && instance.databaseUrl !== null);
  const sql = postgres(instance.databaseUrl, { max: 1, connect_timeout: 2 });
  return sql`select 1`
    .then(
      () => true,
      () => false,
    )
    .finally(() => sql.end());
}

async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `not within ten seconds: ${what}`);
    await sleep(50);
  }
}

describe("supervise", () => {
  test("stops everything on SIGTERM, within ten seconds", async () => {
    const setting = await aSetting();
    const outlay = begin(setting);
    await outlay.ready();
    const [part, server] = [await askPart(setting), await postmaster(setting)];
    const before = performance.now();
    outlay.child.kill("SIGTERM");
    assert.equal(await outlay.ended, 0);
    assert.ok(performance.now() - before < 10_000);
    assert.deepEqual([isRunning(part), isRunning(server)], [false, false]);
    assert.equal(await askInstance(setting.dataDir), "nobody");
  });

  // Nothing runs in the killed process, so the others have to notice.
  test("leaves nothing behind when it is killed, and starts again at once", async () => {
    const setting = await aSetting();
    const killed = begin(setting);
    await killed.ready();
    const [part, server] = [await askPart(setting), await postmaster(setting)];
    killed.child.kill("SIGKILL");
    await killed.ended;

    const next = begin(setting);
    await next.ready();
    assert.deepEqual([isRunning(part), isRunning(server)], [false, false]);
    next.child.kill("SIGTERM");
    assert.equal(await next.ended, 0);
  });

  test("starts a crashed part again and says so", async () => {
    const setting = await aSetting();
    const outlay = begin(setting);
    await outlay.ready();
    const first = await askPart(setting, "/crash").catch(() => 0);
    await eventually("another process answers", async () => {
      const pid = await askPart(setting).catch(() => first);
      return pid !== first && pid !== 0;
    });
    assert.match(outlay.log(), /error outlay small ended by itself, starts again/);
    outlay.child.kill("SIGTERM");
    assert.equal(await outlay.ended, 0);
  });

  test("starts a crashed database again at the same address", async () => {
    const setting = await aSetting();
    const outlay = begin(setting);
    await outlay.ready();
    process.kill(await postmaster(setting), "SIGKILL");
    await eventually("the new server is logged", () =>
      outlay.log().includes("the database serves again"),
    );
    assert.ok(await databaseAnswers(setting));
    outlay.child.kill("SIGINT");
    assert.equal(await outlay.ended, 0);
  });

  test("refuses a data directory that another one runs on", async () => {
    const setting = await aSetting();
    const first = begin(setting);
    await first.ready();
    const ports = (await aSetting()).env;
    const second = begin({ ...setting, env: { ...ports, OUTLAY_DATA_DIR: setting.dataDir } });
    assert.equal(await second.ended, 2);
    assert.match(second.log(), /in use by an Outlay that runs already \(process \d+\)/);
    assert.equal(await askPart(setting).then(isRunning), true);
    first.child.kill("SIGTERM");
    assert.equal(await first.ended, 0);
  });

  test("refuses a taken port, naming its variable, and gives the directory back", async () => {
    const setting = await aSetting();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const refused = begin({ ...setting, env: { ...setting.env, OTLP_HTTP_PORT: String(port) } });
    assert.equal(await refused.ended, 2);
    assert.match(refused.log(), new RegExp(`port ${port} .* is taken; set OTLP_HTTP_PORT`));
    other.close();
    assert.equal(await askInstance(setting.dataDir), "nobody");
  });

  test("can be stopped while it starts", async () => {
    const setting = await aSetting();
    const outlay = begin(setting);
    await eventually(
      "it has begun",
      async () => typeof (await askInstance(setting.dataDir)) === "object",
    );
    outlay.child.kill("SIGTERM");
    assert.equal(await outlay.ended, 0);
    assert.equal(await askInstance(setting.dataDir), "nobody");
  });
});
