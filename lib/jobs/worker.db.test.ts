import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createLog } from "#lib/log.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import type { Job, JobDeps } from "./job.ts";
import { runDue } from "./run-due.ts";
import { SCHEDULE } from "./schedule.ts";
import { startWorker } from "./worker.ts";

const NOW = new Date("2026-11-22T16:00:00Z");
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const { sql } = await createTestDatabase();
const publicUrl = "http://outlay.example";
const deps: JobDeps = { sql, publicUrl, signal: new AbortController().signal };
const lines: string[] = [];
const log = createLog("worker", (line) => lines.push(line));
const at = (ms: number) => new Date(NOW.getTime() + ms);

/** A job that counts its runs and does `work` in each. */
function counting(work: () => Promise<void> = async () => {}): Job & { runs: number } {
  return {
    name: "counting",
    everyMs: HOUR_MS,
    runs: 0,
    async run() {
      this.runs += 1;
      await work();
      return { runs: this.runs };
    },
  };
}

const runAt = (job: Job, now: Date) => runDue(deps, [job], () => now, log);
const noted = () =>
  sql`select job, started_at, finished_at, result, error from job_run order by id`;

beforeEach(async () => {
  await sql`truncate job_run, trace_node, rejection`;
  lines.length = 0;
});

describe("runDue", () => {
  test("runs a job once in its time, and notes each run", async () => {
    const job = counting();
    for (const ms of [0, 10_000, HOUR_MS - 1, HOUR_MS]) await runAt(job, at(ms));
    assert.deepEqual(
      [...(await noted())],
      [
        { job: "counting", started_at: NOW, finished_at: NOW, result: { runs: 1 }, error: null },
        {
          job: "counting",
          started_at: at(HOUR_MS),
          finished_at: at(HOUR_MS),
          result: { runs: 2 },
          error: null,
        },
      ],
    );
  });

  test("runs a job in one worker at a time", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const job = counting(async () => {
      begin();
      await released;
    });
    const first = runAt(job, NOW);
    await begun;
    await runAt(job, at(HOUR_MS));
    release();
    await first;
    await runAt(job, at(1));
    assert.equal(job.runs, 1);
  });

  test("notes a failure, runs the others, and tries again sooner", async () => {
    const failing: Job = {
      ...counting(),
      name: "failing",
      run: () => Promise.reject(new Error("no disk")),
    };
    const job = counting();
    const both = (now: Date) => runDue(deps, [failing, job], () => now, log);
    await both(NOW);
    await both(at(60_000));
    await both(at(5 * 60_000));
    assert.deepEqual(
      (await noted()).map(({ job: name, error }) => [name, error]),
      [
        ["failing", "no disk"],
        ["counting", null],
        ["failing", "no disk"],
      ],
    );
    assert.match(lines[0] ?? "", /error worker a job failed job=failing/);
  });

  test("makes up the run of a killed worker at once", async () => {
    await sql`insert into job_run (job, started_at) values ('counting', ${NOW})`;
    const job = counting();
    await runAt(job, at(1_000));
    assert.equal(job.runs, 1);
  });

  test("is not silenced by a clock that was set back", async () => {
    const job = counting();
    await runAt(job, at(30 * DAY_MS));
    await runAt(job, NOW);
    assert.equal(job.runs, 2);
  });
});

describe("startWorker", () => {
  test("stops after the job under way, before the next", async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const slow = counting(async () => {
      begin();
      await released;
    });
    const next = { ...counting(), name: "next" };
    const stop = startWorker({
      deps: { sql, publicUrl },
      jobs: [slow, next],
      log,
      restMs: 1,
      clock: () => NOW,
    });
    await begun;
    const stopped = stop();
    release();
    await stopped;
    assert.deepEqual(
      (await noted()).map(({ job }) => job),
      ["counting"],
    );
  });
});

describe("the schedule", () => {
  const runAll = () => runDue(deps, SCHEDULE, () => NOW, log);
  const result = async (job: string) => {
    const [run] = await sql<{ result: unknown }[]>`
      select result from job_run where job = ${job} order by id desc limit 1`;
    return run?.result;
  };

  test("makes the partitions of today and the next seven days, and analyses today's", async () => {
    await runAll();
    assert.deepEqual(lines, []);
    const rows = await sql<{ name: string }[]>`
      select inhrelid::regclass::text as name from pg_inherits
       where inhparent = 'usage_event'::regclass order by 1`;
    assert.deepEqual(
      rows.map(({ name }) => name),
      [22, 23, 24, 25, 26, 27, 28, 29].map((day) => `usage_event_202611${day}`),
    );
    assert.deepEqual(await result("analyse-today"), { partitions: 1 });
    const [table] = await sql`
      select last_analyze is not null as analysed from pg_stat_user_tables
       where relname = 'usage_event_20261122'`;
    assert.deepEqual({ ...table }, { analysed: true });
  });

  // More than a batch, so that the batches' end is found too.
  test("deletes spans' places after a week, all of them and no younger ones", async () => {
    await sql`
      insert into trace_node
      select '\\x01', n, ${at(-7 * DAY_MS)}::timestamptz - n * interval '1 second', '[]'
        from generate_series(0, 4500) as n`;
    await runAll();
    assert.deepEqual([...(await sql`select hash from trace_node`)], [{ hash: 0n }]);
    assert.deepEqual(await result("delete-trace-nodes"), { deleted: 4500 });
  });

  test("deletes refusals after ninety days", async () => {
    for (const day of [89, 91]) {
      await sql`
        insert into rejection (hour, signal, reason, example, count, last_at)
        values (${at(-day * DAY_MS)}, 'traces', ${`day ${day}`}, '', 1, ${NOW})`;
    }
    await runAll();
    assert.deepEqual([...(await sql`select reason from rejection`)], [{ reason: "day 89" }]);
  });

  test("deletes runs after thirty days, but keeps the newest of each job", async () => {
    for (const [job, day] of [
      ["a", 31],
      ["a", 29],
      ["b", 40],
      ["b", 31],
    ] as const) {
      await sql`
        insert into job_run (job, started_at, finished_at)
        values (${job}, ${at(-day * DAY_MS)}, ${NOW})`;
    }
    await runAll();
    const rows = await sql`
      select job, started_at from job_run where job in ('a', 'b') order by job`;
    assert.deepEqual(
      [...rows],
      [
        { job: "a", started_at: at(-29 * DAY_MS) },
        { job: "b", started_at: at(-31 * DAY_MS) },
      ],
    );
  });
});
