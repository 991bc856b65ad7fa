import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createLog } from "#lib/log.ts";
import { createEndpoint } from "#lib/notifications/create-endpoint.ts";
import { startDispatcher } from "#lib/notifications/dispatcher.ts";
import { NewEndpoint } from "#lib/notifications/endpoint-input.ts";
import { startS3Server } from "#lib/testing/s3-server.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { startReceiver } from "#lib/testing/webhook-receiver.ts";
import { askRun } from "./ask-run.ts";
import { changeSchedule, createSchedule } from "./change-schedule.ts";
import { readLinkToken } from "./file-link.ts";
import { openRunFile } from "./run-file.ts";
import { NewSchedule } from "./schedule-input.ts";
import { RETRY_DELAYS_MS } from "./settle-run.ts";
import {
  INSTALLATION,
  PUBLIC_URL,
  SECRET,
  sha256,
  startScheduleTest,
} from "./testing/schedule-test.ts";

const { sql, root, settings, state, schedule, deliver, work, runsOf } = await startScheduleTest();
const buckets = await mkdtemp(join(tmpdir(), "outlay-s3-"));
after(() => rm(buckets, { recursive: true }));
const storage = await startS3Server(buckets, "finance");
const receiver = await startReceiver();
after(receiver.close);

const MINUTE_MS = 60_000;
const S3 = {
  ...{ kind: "s3", endpoint: storage, region: "us-east-1" },
  ...{ bucket: "finance", prefix: "outlay/focus" },
};
const KEYS = { access_key_id: "S3RVER", secret_access_key: "S3RVER" };

test("paths that lead out of the allowed directory are refused, links too", async () => {
  for (const path of ["../etc", "/etc", "a/../../b", "a//b", ".", "a/.ssh", "a\\b", "a\0b", ""]) {
    const parsed = NewSchedule.safeParse({
      ...{ name: "x", request: { export: "focus" }, cadence: "weekly", day: 1, hour: 1 },
      destination: { kind: "directory", path },
    });
    assert.equal(parsed.success, false, path);
  }
  const outside = await mkdtemp(join(tmpdir(), "outlay-outside-"));
  await mkdir(join(root, "finance"));
  await symlink(outside, join(root, "finance/focus"));
  const made = await schedule();
  await deliver(made.id);
  const [run] = await runsOf(made.id);
  assert.equal(run?.status, "failed");
  assert.match(run?.lastError ?? "", /a link or a file stands on the way/);
  assert.deepEqual(await readdir(outside), []);
  await rm(outside, { recursive: true });
});

test("a link in the place of the file is replaced, not followed", async () => {
  const made = await schedule();
  const directory = join(root, "finance/focus");
  await mkdir(directory, { recursive: true });
  const victim = join(root, "victim.txt");
  await writeFile(victim, "mine");
  await symlink(victim, join(directory, "outlay-focus-1.4-2026-11-09_2026-11-15.csv"));
  await deliver(made.id);
  assert.equal((await runsOf(made.id))[0]?.status, "delivered");
  assert.equal(await readFile(victim, "utf8"), "mine");
});

test("S3-compatible storage gets the file and its control totals", async () => {
  const made = await schedule({ destination: S3, keys: KEYS });
  await deliver(made.id, "test");
  await deliver(made.id);
  const [run, tested] = await runsOf(made.id);
  assert.equal(tested?.status, "delivered", tested?.lastError ?? "");
  assert.equal(run?.status, "delivered", run?.lastError ?? "");
  const name = "outlay-focus-1.4-2026-11-09_2026-11-15.csv";
  assert.equal(run?.location, `s3://finance/outlay/focus/${name}`);
  const objects = await readdir(join(buckets, "finance/outlay/focus"));
  const kept = objects.filter((each) => each.endsWith("_object"));
  assert.deepEqual(kept.toSorted(), [
    `${name}._S3rver_object`,
    `${name}.control.json._S3rver_object`,
  ]);
  const file = await readFile(join(buckets, "finance/outlay/focus", `${name}._S3rver_object`));
  assert.equal(sha256(file), run?.sha256);
  const [stored] = await sql<{ settings: string; keys: Buffer }[]>`
    select settings::text, sealed_keys as keys from export_schedule`;
  assert.ok(!stored?.settings.includes("S3RVER") && stored?.keys.includes("S3RVER") === false);
});

test("wrong keys are tried again over a day, and then given up", async () => {
  const keys = { access_key_id: "nobody", secret_access_key: "wrong" };
  const made = await schedule({ destination: S3, keys });
  await askRun(sql, state.owner, { id: made.id, kind: "asked", now: state.now });
  const start = state.now.getTime();
  for (const delayMs of RETRY_DELAYS_MS) {
    assert.equal(await work(), true);
    const [run] = await runsOf(made.id);
    assert.match(run?.lastError ?? "", /^the storage answered 403 /);
    assert.equal(run?.nextAttemptAt?.getTime(), state.now.getTime() + delayMs);
    state.now = new Date(state.now.getTime() + delayMs - 1);
    assert.equal(await work(), false);
    state.now = new Date(state.now.getTime() + 1);
  }
  assert.equal(await work(), true);
  const [run] = await runsOf(made.id);
  assert.deepEqual([run?.status, run?.attempts], ["failed", RETRY_DELAYS_MS.length + 1]);
  const hours = (state.now.getTime() - start) / (60 * MINUTE_MS);
  assert.ok(hours > 22 && hours < 26, String(hours));
});

test("storage in private networks is refused unless the operator allows it", async () => {
  await assert.rejects(
    createSchedule(
      sql,
      state.owner,
      NewSchedule.parse({
        ...{ name: "x", request: { export: "focus" }, cadence: "weekly", day: 1, hour: 1 },
        ...{ destination: S3, keys: KEYS },
      }),
      { settings: { ...settings, webhookAllow: [] }, now: state.now },
    ),
    { code: "invalid" },
  );
  const made = await schedule({ destination: S3, keys: KEYS });
  await askRun(sql, state.owner, { id: made.id, kind: "asked", now: state.now });
  await work({ webhookAllow: [] });
  assert.match((await runsOf(made.id))[0]?.lastError ?? "", /private or reserved network/);
});

test("a webhook is told once, signed, with a link that gives the very file", async () => {
  const admin = testViewer("admin");
  const { endpoint } = await createEndpoint(
    sql,
    admin,
    NewEndpoint.parse({ url: `${receiver.url}/hook`, name: "Warehouse" }),
    INSTALLATION,
  );
  const stop = startDispatcher({
    ...{ sql, publicUrl: PUBLIC_URL, log: createLog("test"), clock: () => new Date() },
    sender: { secret: SECRET, guard: { allow: ["127.0.0.0/8"] }, mailer: null },
  });
  state.now = new Date();
  const destination = { kind: "webhook", webhook_id: endpoint.id };
  const made = await schedule({ destination });
  await deliver(made.id);
  await receiver.hasReceived(1);
  await stop();
  const [request] = receiver.requests;
  const { type, data } = JSON.parse(request?.body ?? "{}");
  assert.equal(type, "export.ready");
  assert.match(String(request?.headers["webhook-signature"]), /^v1,/);
  assert.deepEqual(data.schedule, { id: made.id, name: "FOCUS for the warehouse" });
  const token = new URL(data.download_url).pathname.split("/").at(-1) ?? "";
  const runId = readLinkToken(token, SECRET, state.now);
  assert.ok(runId !== null);
  const file = await openRunFile(sql, runId, SYSTEM);
  assert.ok(file !== null);
  const pieces: Uint8Array[] = [];
  for await (const piece of file.pieces()) pieces.push(piece);
  assert.equal(sha256(Buffer.concat(pieces)), data.control.sha256);
  assert.equal(readLinkToken(token, SECRET, new Date(data.download_expires_at)), null);
});

test("keys stay with their endpoint: for another they are asked for again", async () => {
  const made = await schedule({ destination: S3, keys: KEYS });
  const change = (destination: object) =>
    changeSchedule(sql, state.owner, made.id, {
      change: { destination: NewSchedule.shape.destination.parse(destination) },
      ...{ settings, now: state.now },
    });
  assert.equal((await change({ ...S3, prefix: "elsewhere" })).hasKeys, true);
  await assert.rejects(change({ ...S3, endpoint: "http://127.0.0.1:1" }), { code: "invalid" });
});
