import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createLog } from "#lib/log.ts";
import { startDispatcher } from "./dispatcher.ts";
import { emitEvent } from "./emit-event.ts";
import { PUBLIC_URL, SECRET, sender, startDeliveryTest } from "./testing/delivery-test.ts";

const { sql, url, receiver, endpoint, models, idsOf } = await startDeliveryTest();
const PROCESS = fileURLToPath(new URL("../testing/dispatch-process.ts", import.meta.url));
const log = createLog("worker", () => {});

/** Events of three keys, numbered within each, in one transaction. */
async function emitMany(count: number): Promise<string[]> {
  return await sql.begin(async (tx) => {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const key = "abc"[index % 3] ?? "";
      ids.push(
        await emitEvent(tx, {
          type: "model.unpriced",
          data: {
            ...{ provider: "acme", model: `${key}${Math.floor(index / 3)}`, calls: 1, tokens: 2 },
            ...{ as_of: "2026-11-22T16:00:00Z", url: `${PUBLIC_URL}/unpriced` },
          },
          ...{ orderKey: key, team: null },
        }),
      );
    }
    return ids;
  });
}

const ofKey = (key: string) => [...new Set(models())].filter((model) => model.startsWith(key));
const inOrder = (key: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${key}${index}`);

test("four workers deliver everything once and in order, woken by the commit", async () => {
  const workers = Array.from({ length: 4 }, () =>
    startDispatcher({
      ...{ sql, sender, publicUrl: PUBLIC_URL, log, clock: () => new Date() },
      // So long that only the notice can have woken them.
      restMs: 60_000,
    }),
  );
  try {
    await endpoint();
    const ids = await emitMany(150);
    await receiver.hasReceived(150);
    assert.deepEqual(idsOf().toSorted(), ids.toSorted());
  } finally {
    await Promise.all(workers.map((stop) => stop()));
  }
  assert.equal(idsOf().length, 150);
  for (const key of "abc") assert.deepEqual(ofKey(key), inOrder(key, 50));
});

test("workers killed with kill -9 at any step lose nothing, and repeat only under the same id", async () => {
  await endpoint();
  const ids = await emitMany(30);
  let child: ChildProcess | null = null;
  after(() => child?.kill("SIGKILL"));
  // Killed while the receiver has a message in hand, and right after it has answered.
  for (const [life, count] of [3, 7, 8, 15].entries()) {
    receiver.answer = () =>
      life % 2 === 0 && receiver.requests.length >= count ? "never" : { status: 200 };
    child = startWorker(life);
    await receiver.hasReceived(count);
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  receiver.answer = () => ({ status: 200 });
  child = startWorker(5);
  await receiver.hasReceivedIds(ids.length);
  child.kill("SIGKILL");
  assert.deepEqual([...new Set(idsOf())].toSorted(), ids.toSorted());
  for (const key of "abc") assert.deepEqual(ofKey(key), inOrder(key, 10));
});

/** Each life is a minute later, when the leases of the one before have ended. */
function startWorker(life: number): ChildProcess {
  return spawn(process.execPath, [PROCESS, url, SECRET, String(life * 60_000)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
}
