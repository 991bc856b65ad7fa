import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { SYSTEM } from "#lib/audit/actor.ts";
import { shutOut } from "#lib/auth/manage-users.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { askRun } from "./ask-run.ts";
import { changeSchedule } from "./change-schedule.ts";
import { claimRun, LEASE_MS } from "./claim-run.ts";
import { planRuns } from "./plan-runs.ts";
import { findSchedule } from "./schedule-rows.ts";
import { settleFailure } from "./settle-run.ts";
import { sha256, startScheduleTest } from "./testing/schedule-test.ts";

const { sql, db, root, settings, state, person, schedule, deliver, work, workAll, runsOf } =
  await startScheduleTest();
const at = (text: string) => {
  state.now = new Date(text);
};

test("a weekly file lies in its directory on Monday, of the week before, with its control totals", async () => {
  const made = await schedule();
  assert.equal(await planRuns(sql, state.now), 0);
  at("2026-11-23T06:00:01Z");
  assert.equal(await planRuns(sql, state.now), 1);
  assert.equal(await planRuns(sql, state.now), 0);
  await workAll();
  const [run, ...others] = await runsOf(made.id);
  assert.equal(others.length, 0);
  assert.equal(run?.status, "delivered");
  assert.equal(run?.dueAt.toISOString(), "2026-11-23T06:00:00.000Z");
  const name = "outlay-focus-1.4-2026-11-16_2026-11-22.csv";
  const directory = join(root, "finance/focus");
  assert.deepEqual((await readdir(directory)).toSorted(), [name, `${name}.control.json`]);
  const file = await readFile(join(directory, name));
  const control = JSON.parse(await readFile(join(directory, `${name}.control.json`), "utf8"));
  assert.equal(control.sha256, sha256(file));
  assert.equal(control.bytes, file.byteLength);
  assert.equal(run?.sha256, control.sha256);
  assert.equal(control.period_start, "2026-11-16T00:00:00.000Z");
  assert.deepEqual(control.closed_months, []);
  assert.match(control.link, /^http:\/\/outlay\.example\/exports\/check\?/);
});

test("closed months are named beside a monthly file", async () => {
  const made = await schedule({ cadence: "monthly", day: 1, request: { export: "statements" } });
  await sql`
    insert into closed_month (month, closed_by, closed_at, totals, hash)
    values ('2026-10-01', 'Fin', ${state.now}, '{}', '\\x00')`;
  await deliver(made.id);
  const [run] = await runsOf(made.id);
  assert.equal(run?.status, "delivered", run?.lastError ?? "");
  assert.deepEqual((run?.control as { closed_months: string[] } | undefined)?.closed_months, [
    "2026-10",
  ]);
});

test("workers that race make one run of one due time, and one of them works on it", async () => {
  const made = await schedule();
  at("2026-11-23T06:00:01Z");
  const planned = await Promise.all(Array.from({ length: 4 }, () => planRuns(sql, state.now)));
  assert.equal(
    planned.reduce((sum, count) => sum + count),
    1,
  );
  const worked = await Promise.all(Array.from({ length: 4 }, () => work()));
  assert.equal(worked.filter(Boolean).length, 1);
  const runs = await runsOf(made.id);
  assert.deepEqual(
    runs.map(({ status, attempts }) => [status, attempts]),
    [["delivered", 1]],
  );
});

test("what fell due while nothing ran is made up for, up to twelve; a pause is not", async () => {
  const made = await schedule();
  at("2027-06-01T00:00:00Z");
  assert.equal(await planRuns(sql, state.now), 12);
  const [newest] = await runsOf(made.id);
  assert.equal(newest?.dueAt.toISOString(), "2027-05-31T06:00:00.000Z");
  const change = (enabled: boolean) =>
    changeSchedule(sql, state.owner, made.id, { change: { enabled }, settings, now: state.now });
  await change(false);
  at("2027-08-01T00:00:00Z");
  assert.equal(await planRuns(sql, state.now), 0);
  await change(true);
  assert.equal(await planRuns(sql, state.now), 0);
  at("2027-08-02T06:00:01Z");
  assert.equal(await planRuns(sql, state.now), 1);
});

test("a worker killed between the file and its entry leaves one file and one entry", async () => {
  const made = await schedule();
  await askRun(sql, state.owner, { id: made.id, kind: "asked", now: state.now });
  // It writes the file, and is gone before the log: its lease is all that is left.
  await work();
  const [first] = await runsOf(made.id);
  await sql`
    update export_run
       set status = 'pending', finished_at = null, sha256 = null,
           leased_by = gen_random_uuid(), leased_until = ${new Date(state.now.getTime() + LEASE_MS)}`;
  const directory = join(root, "finance/focus");
  await writeFile(join(directory, `.${first?.id}.half.part`), "half of it");
  assert.equal(await work(), false);
  state.now = new Date(state.now.getTime() + LEASE_MS + 1);
  assert.equal(await work(), true);
  assert.equal((await readdir(directory)).length, 2);
  const runs = await runsOf(made.id);
  assert.deepEqual(
    runs.map(({ status, attempts }) => [status, attempts]),
    [["delivered", 2]],
  );
  const entries = await sql`
    select from audit_entry where action = 'export.delivered' and target_id = ${made.id}`;
  assert.equal(entries.length, 2);
});

test("whoever has lost the lease writes nothing into the log", async () => {
  const made = await schedule();
  await askRun(sql, state.owner, { id: made.id, kind: "asked", now: state.now });
  const slow = await claimRun(sql, {
    lease: "00000000-0000-4000-8000-000000000001",
    now: state.now,
  });
  assert.ok(slow !== null);
  state.now = new Date(state.now.getTime() + LEASE_MS + 1);
  await workAll();
  await settleFailure(sql, slow, new Error("too late"), state.now);
  const [run] = await runsOf(made.id);
  assert.deepEqual([run?.status, run?.lastError], ["delivered", null]);
});

test("an owner who is shut out stops the schedule, with a reason; whoever lets it go on owns it", async () => {
  const made = await schedule();
  const admin = await person("Ada", "admin");
  await shutOut(db, SYSTEM, state.owner.id, state.now);
  at("2026-11-23T06:00:01Z");
  await planRuns(sql, state.now);
  await workAll();
  const stopped = await findSchedule(sql, state.owner, made.id);
  assert.equal(stopped?.pausedBecause, "owner");
  assert.equal(stopped?.pausedReason, "The owner Fin has no access any more");
  assert.equal((await runsOf(made.id))[0]?.status, "failed");
  const change = { enabled: true };
  const again = await changeSchedule(sql, admin, made.id, { change, settings, now: state.now });
  assert.deepEqual([again.ownerLabel, again.pausedAt], ["Ada", null]);
  state.now = new Date(state.now.getTime() + 1);
  await askRun(sql, admin, { id: made.id, kind: "asked", now: state.now });
  await workAll();
  assert.equal((await runsOf(made.id))[0]?.status, "delivered");
});

test("managers, viewers and stale sign-ins make none; weekly files of whole months are refused", async () => {
  for (const role of ["manager", "viewer"] as const) {
    await assert.rejects(schedule({}, testViewer(role)), { code: "forbidden" });
  }
  await assert.rejects(schedule({}, { ...state.owner, isFresh: false }), {
    code: "confirmation_required",
  });
  const request = { export: "gl-journal" };
  await assert.rejects(schedule({ request }), { code: "invalid" });
  const own = { export: "focus", parameters: { from: "2026-01-01" } };
  await assert.rejects(schedule({ request: own }), { code: "invalid" });
});
