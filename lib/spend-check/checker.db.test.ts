import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { parseAmount, printAmount, sumAmounts } from "#lib/budgets/amount.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { createLog } from "#lib/log.ts";
import { budgetBench, NOW } from "#lib/testing/budget-spend.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, NOON_MS, testPlan } from "#lib/testing/usage-events.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { CheckInput } from "./check-input.ts";
import { Checker } from "./checker.ts";
import {
  readHeld,
  readHeldIds,
  readReservations,
  settleReservations,
} from "./reservation-store.ts";

const { sql } = await createTestDatabase();
for (const id of ["gateway", "key"]) {
  await sql`
    insert into access_key (id, kind, label, secret_hash)
    values (${id}, 'ingest', ${id}, ${Buffer.from(id)})`;
}
const { reset, set, today } = budgetBench(sql);
const admin = testViewer();
const log = createLog("checks", () => {});
const startedAt = performance.now();
/** It is that Sunday, and time passes. */
const clock = () => Math.round(NOW + performance.now() - startedAt);
const running: Checker[] = [];

/** A million tokens of a model at its list price: far more than a dollar, and the same each time. */
const MILLION = { model: "gpt-5.5", provider: "openai", estimated_tokens: { input: 1_000_000 } };
const ask = (checker: Checker, more: Record<string, unknown> = {}, viewer = admin) =>
  checker.check(viewer, CheckInput.parse({ team: "payments", ...MILLION, ...more }));

async function start(): Promise<Checker> {
  const checker = await Checker.start({ sql, publicUrl: "https://outlay.example", log, clock });
  running.push(checker);
  return checker;
}

async function stopAll(): Promise<void> {
  for (const checker of running.splice(0)) await checker.stop();
}

beforeEach(async () => {
  await reset();
  await sql`truncate spend_reservation, spend_checker`;
});
afterEach(stopAll);

describe("the answer", () => {
  test("is yes where no budget covers the call, and names the budget that decides where one does", async () => {
    const { id } = await set({ name: "Payments", limit: "1000", owner: "ada@example.com" });
    await today("400.25");
    const checker = await start();
    assert.equal(ask(checker, { team: "search" }).budget, null);
    const answer = ask(checker);
    assert.equal(answer.decision, "allow");
    assert.deepEqual(
      [answer.budget?.id, answer.budget?.limit, answer.budget?.spent, answer.budget?.resets_at],
      [id, "1000", "400.25", "2026-12-01T00:00:00Z"],
    );
    assert.equal(answer.budget?.owner, "ada@example.com");
    assert.equal(answer.budget?.url, `https://outlay.example/budgets/${id}`);
  });

  test("is no when the period's money is spent, and wait when the day's is", async () => {
    await set({ limit: "10" });
    await today("9.999");
    const month = ask(await start());
    assert.deepEqual([month.decision, month.budget?.blocked_by], ["deny", "period"]);
    await stopAll();
    await reset();
    await set({ limit: "1000", pacing: { unit: "day", limit: "10" } });
    await today("9.999");
    const day = ask(await start());
    assert.deepEqual([day.decision, day.retry_at], ["defer", "2026-11-23T00:00:00Z"]);
  });

  test("names the budget that is used up, not one that has too little left", async () => {
    await set({ name: "A little left", limit: "10.5" });
    await set({ name: "Z used up", limit: "9" });
    await today("9.999");
    const { decision, budget } = ask(await start());
    assert.deepEqual([decision, budget?.name], ["deny", "Z used up"]);
  });

  test("names models in use for which it is enough", async () => {
    await set({ limit: "10" });
    await today("9");
    const ledger = new Ledger(sql, testPlan);
    const minis = Array.from({ length: 20 }, (_, index) =>
      modelCall(`mini ${index}`, {
        model: "gpt-5-nano",
        traceId: null,
        responseIds: [`r${index}`],
      }),
    );
    await ledger.commit(batch(minis));
    const answer = ask(await start());
    assert.equal(answer.decision, "allow_cheaper");
    assert.deepEqual(
      answer.cheaper.map(({ model }) => model),
      ["gpt-5-nano"],
    );
  });

  test("counts a budget on a key where the check names it", async () => {
    await set({ scope: { key: "gateway" }, limit: "10" });
    await today("9.999", { key: "gateway" });
    const checker = await start();
    assert.equal(ask(checker).decision, "allow");
    assert.equal(ask(checker, { key: "other" }).decision, "allow");
    const named = ask(checker, { key: "gateway" });
    assert.deepEqual([named.decision, named.budget?.scope], ["deny", { key: "gateway" }]);
    assert.deepEqual(named.budget?.scope_labels, { key: "gateway · outlay_ik_gateway" });
  });

  test("hides the amounts of budgets that the key may not see, not that they are in the way", async () => {
    await set({ scope: {}, limit: "10" });
    await today("9.999");
    const answer = ask(await start(), {}, testViewer("manager", ["payments"]));
    assert.deepEqual(
      [answer.decision, answer.budget?.blocked_by, answer.budget?.limit, answer.budget?.spent],
      ["deny", "period", null, null],
    );
  });

  test("is refused for teams out of sight, and holds for mere viewers", async () => {
    const checker = await start();
    const manager = testViewer("manager", ["search"]);
    assert.throws(() => ask(checker, {}, manager), { code: "forbidden" });
    assert.throws(() => ask(checker, { team: null }, manager), { code: "forbidden" });
    assert.throws(() => ask(checker, { reserve: true }, testViewer("viewer")), {
      code: "forbidden",
    });
  });
});

describe("holds", () => {
  test("of one process never exceed the limit, and make the next wait for their end", async () => {
    const { id } = await set({ limit: "100" });
    const checker = await start();
    const answers = Array.from({ length: 500 }, () => ask(checker, { reserve: true }));
    const granted = answers.filter(({ decision }) => decision === "allow");
    const each = parseAmount(granted[0]?.estimate.cost ?? assert.fail("nothing granted"));
    assert.equal(BigInt(granted.length), parseAmount("100") / each);
    const last = answers.at(-1);
    assert.deepEqual([last?.decision, last?.budget?.blocked_by], ["defer", "reservations"]);
    await stopAll();
    const held = (await readHeld(sql, new Date(clock()))).get(id);
    assert.equal(held, each * BigInt(granted.length));
  });

  test("of four processes exceed it by no more than they say", async () => {
    const { id } = await set({ limit: "100" });
    const checkers = [await start(), await start(), await start(), await start()];
    // Each has to know of the others, as after the first seconds of its life.
    await stopAll();
    checkers.splice(0, 4, ...(await Promise.all([start(), start(), start(), start()])));
    let granted = 0n;
    let bound = 0n;
    for (let turn = 0; turn < 400; turn += 1) {
      const answer = ask(checkers[turn % 4] ?? assert.fail(), { reserve: true });
      bound = parseAmount(answer.worst_case_overshoot.amount);
      if (answer.reservation !== null) granted += parseAmount(answer.estimate.cost);
    }
    assert.ok(granted > 0n);
    assert.ok(granted <= parseAmount("100") + bound, `${granted} of ${bound}`);
    await stopAll();
    assert.equal((await readHeld(sql, new Date(clock()))).get(id), granted);
  });

  test("granted, given back and settled in one process are soon known to another", async () => {
    await set({ limit: "1000" });
    const [first, second] = [await start(), await start()];
    const answers = Array.from({ length: 250 }, () => ask(first, { reserve: true }));
    const ids = answers.flatMap(({ reservation }) => reservation?.id ?? []);
    const each = parseAmount(answers[0]?.estimate.cost ?? assert.fail());
    const until = async (count: number) => {
      const wanted = printAmount((each * BigInt(count)) as typeof each);
      const before = performance.now();
      // The sweep that mends a lost notice comes every ten seconds only.
      while (ask(second).budget?.reserved !== wanted && performance.now() - before < 5_000) {
        await setTimeout(20);
      }
      assert.equal(ask(second).budget?.reserved, wanted);
    };
    await until(ids.length);
    assert.equal(first.giveBack(admin, ids[0] ?? ""), true);
    await until(ids.length - 1);
    const call = modelCall("seen", {
      startedAtMs: clock(),
      attributes: { "outlay.reservation_id": ids[1] ?? "" },
    });
    await new Ledger(sql, testPlan).commit({ ...batch([call]), receivedAtMs: clock() });
    await until(ids.length - 2);
  });

  test("are known to a process that starts later", async () => {
    await set({ limit: "100" });
    const first = await start();
    const { reservation } = ask(first, { reserve: true });
    await stopAll();
    const second = ask(await start());
    assert.equal(second.budget?.reserved, reservation?.amount);
  });

  test("end with the call that names them, and one call ends one", async () => {
    await set({ limit: "1000" });
    const checker = await start();
    const [named, other] = [ask(checker, { reserve: true }), ask(checker, { reserve: true })];
    await stopAll();
    const call = modelCall("held", {
      startedAtMs: clock(),
      attributes: { "outlay.reservation_id": named.reservation?.id ?? "" },
    });
    await new Ledger(sql, testPlan).commit({ ...batch([call]), receivedAtMs: clock() });
    const now = new Date(clock());
    assert.equal(await settleReservations(sql, new Date(NOON_MS), now), 1);
    assert.equal(await settleReservations(sql, new Date(NOON_MS), now), 0);
    assert.deepEqual(await readHeldIds(sql, now), [other.reservation?.id]);
  });

  test("of a key end with a call that came with it, and with no other", async () => {
    const { id } = await set({ scope: { key: "key" }, limit: "1000" });
    const checker = await start();
    // The team that the test's plan gives to everything.
    for (const key of ["elsewhere", "key"]) ask(checker, { reserve: true, key, team: null });
    await stopAll();
    assert.ok((await readHeld(sql, new Date(clock()))).has(id));
    const call = modelCall("came with a key", { startedAtMs: clock() });
    await new Ledger(sql, testPlan).commit({ ...batch([call]), receivedAtMs: clock() });
    const now = new Date(clock());
    assert.equal(await settleReservations(sql, new Date(NOON_MS), now), 1);
    const open = await readReservations(sql, await readHeldIds(sql, now), now);
    assert.deepEqual(
      open.map(({ key }) => key),
      ["elsewhere"],
    );
  });

  test("given back are free at once", async () => {
    await set({ limit: "100" });
    const checker = await start();
    const { reservation } = ask(checker, { reserve: true });
    assert.equal(checker.giveBack(testViewer("manager", ["search"]), reservation?.id ?? ""), false);
    assert.equal(checker.giveBack(admin, reservation?.id ?? ""), true);
    assert.equal(ask(checker).budget?.reserved, "0");
    assert.equal(sumAmounts((await readHeld(sql, new Date(clock()))).values()), 0n);
  });
});
