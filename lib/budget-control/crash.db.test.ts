import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { SECRET, startDeliveryTest } from "#lib/notifications/testing/delivery-test.ts";
import { budgetBench, NOW } from "#lib/testing/budget-spend.ts";
import { inTime, LONGEST_WAIT_MS } from "#lib/testing/in-time.ts";

const { sql, url, receiver, endpoint, idsOf } = await startDeliveryTest();
const { reset, set, today } = budgetBench(sql);
const PROCESS = fileURLToPath(new URL("../testing/alert-process.ts", import.meta.url));

/** What a worker writes on the way from a crossing to its message, in this order. */
const STEPS = [
  ["the crossing is marked", "insert on budget_crossing"],
  ["its message is written", "insert on notification_event"],
  ["the message is given to each endpoint", "insert on webhook_delivery"],
  ["a worker takes it to send it", "update on webhook_delivery"],
  ["it was sent, and that is noted", "insert on webhook_attempt"],
] as const;
const GATE = 7_399_001;
/** Longer than a lease, so that each life finds those of the one before ended. */
const LIFE_MS = 120_000;

test("killed with kill -9 at any step from the crossing to its delivery, a worker loses no alert and repeats none under another id", async () => {
  await reset();
  await endpoint();
  await today("60");
  await sql.unsafe(`
    create function wait_at_gate() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(${GATE}); return new; end $$`);
  let worker: ChildProcess | null = null;
  after(() => worker?.kill("SIGKILL"));
  for (const [life, [step, writing]] of STEPS.entries()) {
    // Half of it is spent already.
    await set({ name: `Killed when ${step}`, thresholds: [50] });
    await sql.unsafe(
      `create trigger gate before ${writing} for each row execute function wait_at_gate()`,
    );
    const gate = await sql.reserve();
    try {
      await gate`select pg_advisory_lock(${GATE}::bigint)`;
      worker = startWorker(life);
      await someoneWaits(step);
      worker.kill("SIGKILL");
      await once(worker, "exit");
      await gate`select pg_advisory_unlock(${GATE}::bigint)`;
    } finally {
      gate.release();
    }
    await sql.unsafe(`drop trigger gate on ${writing.split(" ").at(-1)}`);
  }
  worker = startWorker(STEPS.length);
  await receiver.hasReceivedIds(STEPS.length);
  worker.kill("SIGTERM");
  await inTime(once(worker, "exit"), () => "the end of a worker that was asked to end");

  const said = await sql<{ id: string; budget: string }[]>`
    select id, data->'budget'->>'name' as budget from notification_event order by budget`;
  assert.deepEqual(
    said.map(({ budget }) => budget),
    STEPS.map(([step]) => `Killed when ${step}`).toSorted(),
  );
  assert.deepEqual([...new Set(idsOf())].toSorted(), said.map(({ id }) => id).toSorted());
});

function startWorker(life: number): ChildProcess {
  return spawn(process.execPath, [PROCESS, url, SECRET, String(NOW + life * LIFE_MS)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
}

/** Until a worker stands before the gate. */
async function someoneWaits(step: string): Promise<void> {
  const end = Date.now() + LONGEST_WAIT_MS;
  for (;;) {
    assert.ok(Date.now() < end, `no worker came to where ${step}`);
    const [found] = await sql`
      select from pg_locks where locktype = 'advisory' and objid = ${GATE} and not granted limit 1`;
    if (found !== undefined) return;
    await wait(20);
  }
}
