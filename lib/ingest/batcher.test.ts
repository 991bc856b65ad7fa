import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { AppError } from "#lib/errors.ts";
import { batch, modelCall } from "#lib/testing/usage-events.ts";
import type { Batch } from "./batch.ts";
import { Batcher, type Commit, isDatabaseAway } from "./batcher.ts";

type Call = { batch: Batch; write: () => void; end: (error?: unknown) => void };

/** A commit that writes and ends when told. */
function held(): { commit: Commit; calls: Call[] } {
  const calls: Call[] = [];
  const commit: Commit = (one, onWriting) =>
    new Promise((resolve, reject) => {
      calls.push({
        batch: one,
        write: onWriting,
        end: (error) => (error === undefined ? resolve(null) : reject(error)),
      });
    });
  return { commit, calls };
}

function rows(count: number, name = "x"): Batch {
  return batch(Array.from({ length: count }, () => modelCall(name)));
}

function namesIn({ arrivals }: Batch): string[] {
  return arrivals.map(({ event }) => event.attributes.name ?? "");
}

function errorOf(code: string): Error {
  return Object.assign(new Error(code), { code });
}

test("a sender's promise fulfils after the commit of its export, not before", async () => {
  const { commit, calls } = held();
  const batcher = new Batcher(commit, 1);
  let isStored = false;
  const stored = batcher.submit(rows(1)).then(() => {
    isStored = true;
  });
  await setImmediate();
  assert.equal(calls.length, 1);
  assert.equal(isStored, false);
  calls[0]?.end();
  await stored;
  assert.equal(isStored, true);
});

test("what arrives while one transaction runs goes into the next, together and in order", async () => {
  const { commit, calls } = held();
  const batcher = new Batcher(commit, 1);
  const sent = ["a", "b", "c"].map((name) => batcher.submit(rows(1, name)));
  assert.deepEqual(
    calls.map((call) => namesIn(call.batch)),
    [["a"]],
  );
  calls[0]?.end();
  await sent[0];
  await setImmediate();
  assert.deepEqual(
    calls.map((call) => namesIn(call.batch)),
    [["a"], ["b", "c"]],
  );
  calls[1]?.end();
  await Promise.all(sent);
});

test("a group is made up while another writes, and not while another still waits to", async () => {
  const { commit, calls } = held();
  const batcher = new Batcher(commit, 2);
  const sent = ["a", "b", "c"].map((name) => batcher.submit(rows(1, name)));
  await setImmediate();
  assert.equal(calls.length, 1);
  calls[0]?.write();
  calls[0]?.write();
  assert.deepEqual(namesIn(calls[1]?.batch ?? batch([])), ["b", "c"]);
  for (const call of calls) call.end();
  await Promise.all(sent);
});

test("no more groups are under way at once than there are lanes", async () => {
  const { commit, calls } = held();
  const batcher = new Batcher(commit, 2);
  const sent = [1, 2, 3, 4].map(() => batcher.submit(rows(30_000)));
  calls[0]?.write();
  calls[1]?.write();
  assert.equal(calls.length, 2);
  calls[0]?.end();
  await sent[0];
  await setImmediate();
  assert.equal(calls.length, 3);
  for (const call of calls) call.end();
  await setImmediate();
  calls[3]?.end();
  await Promise.all(sent);
});

test("an export that the database refuses costs the others of its transaction nothing", async () => {
  const seen: string[][] = [];
  const batcher = new Batcher(async (one) => {
    await setImmediate();
    seen.push(namesIn(one));
    if (namesIn(one).includes("poison")) throw errorOf("22021");
  }, 1);
  const sent = ["first", "a", "poison", "b"].map((name) => batcher.submit(rows(1, name)));
  const outcomes = await Promise.allSettled(sent);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ["fulfilled", "fulfilled", "rejected", "fulfilled"],
  );
  assert.deepEqual(seen, [["first"], ["a", "poison", "b"], ["a"], ["poison"], ["b"]]);
});

test("while the database is away nothing is tried one by one", async () => {
  let tries = 0;
  const batcher = new Batcher(async () => {
    await setImmediate();
    tries++;
    throw errorOf("57P01");
  }, 1);
  const sent = [1, 2, 3, 4].map(() => batcher.submit(rows(1)));
  const outcomes = await Promise.allSettled(sent);
  assert.ok(outcomes.every(({ status }) => status === "rejected"));
  assert.equal(tries, 2);
});

test("senders are told to come again when too much waits, and heard again when it is less", async () => {
  const { commit, calls } = held();
  const batcher = new Batcher(commit, 1);
  const sent = [batcher.submit(rows(1)), batcher.submit(rows(200_000))];
  assert.throws(
    () => batcher.submit(rows(1)),
    (error) => error instanceof AppError && error.code === "unavailable",
  );
  calls[0]?.end();
  await sent[0];
  await setImmediate();
  const late = batcher.submit(rows(1));
  calls[1]?.end();
  await sent[1];
  await setImmediate();
  calls[2]?.end();
  await late;
});

test("which errors mean that the database is away", () => {
  for (const code of [
    "08006",
    "57P01",
    "53300",
    "ECONNREFUSED",
    "CONNECTION_CLOSED",
    "CONNECT_TIMEOUT",
  ]) {
    assert.equal(isDatabaseAway(errorOf(code)), true, code);
  }
  for (const code of ["22021", "23505", "40P01", ""]) {
    assert.equal(isDatabaseAway(errorOf(code)), false, code);
  }
  assert.equal(isDatabaseAway("57P01"), false);
});
