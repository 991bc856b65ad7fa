import assert from "node:assert/strict";
import { test } from "node:test";
import type { Usd } from "#lib/money/money.ts";
import { ingest } from "#lib/testing/history.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { modelCall, tokens } from "#lib/testing/usage-events.ts";
import { settle } from "./settle.ts";
import { keysOfScope, type Sighting } from "./sighting.ts";
import { readWatchFacts } from "./watch-facts.ts";

const { sql } = await createTestDatabase();
const MINUTE_MS = 60_000;
const NOW = Date.parse("2026-11-22T16:00:00Z");

function seen(told: Pick<Sighting, "source" | "kind" | "scope"> & Partial<Sighting>): Sighting {
  return {
    ...{ metric: "spend", direction: 1, startsAt: NOW - 60 * MINUTE_MS, endsAt: NOW },
    ...{
      keys: keysOfScope(told.scope),
      isNotable: true,
      excess: 100,
      measured: null,
      wasted: null,
    },
    finding: null,
    ...told,
  };
}

/** What one agent of a team calls within the hour. */
const used = (team: string, agent: string) =>
  ingest(
    sql,
    Array.from({ length: 10 }, (_, index) =>
      modelCall(`${team} ${agent} ${index}`, {
        startedAtMs: NOW - (50 - index) * MINUTE_MS,
        identityOf: { agent },
        attributes: { "team.id": team },
        tokens: tokens(1_000_000, 1_000),
      }),
    ),
  );

test("an agent's anomaly takes in what names that agent later, and nothing of its model's other users", async () => {
  await sql`insert into team (slug, name) values ('payments', 'Payments'), ('search', 'Search')`;
  await used("payments", "looper");
  const facts = await readWatchFacts(sql, NOW);
  const run = (...sightings: Sighting[]) => settle(sql, sightings, facts, "https://outlay.example");
  const loop = seen({
    source: "agent",
    kind: "runaway_loop",
    scope: { team: "payments", agent: "looper" },
    keys: ["agent=looper", "runaway_loop:agent=looper"],
    wasted: (5n * 10n ** 18n) as Usd,
  });
  assert.equal((await run(loop)).opened, 1);
  assert.equal((await run(seen({ source: "hour", kind: "burn", scope: loop.scope }))).opened, 0);

  await used("search", "indexer");
  const model = seen({ source: "hour", kind: "burn", scope: { model: "gpt-5.5" } });
  assert.equal((await run(model)).opened, 1);
  // Each is seen again, and stays what it is.
  assert.equal((await run(loop)).opened, 0);
  assert.equal((await run(model)).opened, 0);
  const rows = await sql`select kind, keys from anomaly order by kind desc`;
  assert.deepEqual(rows[0], {
    kind: "runaway_loop",
    keys: ["agent=looper", "runaway_loop:agent=looper", "team=payments"],
  });
  assert.deepEqual([rows.length, rows[1]?.kind], [2, "burn"]);
});

test("what a whole team did is another anomaly than what one of its agents is proven to have done", async () => {
  await sql`truncate anomaly cascade`;
  await used("ops", "looper");
  await used("ops", "builder");
  const facts = await readWatchFacts(sql, NOW);
  const run = (...sightings: Sighting[]) => settle(sql, sightings, facts, "https://outlay.example");
  const loop = seen({
    source: "agent",
    kind: "runaway_loop",
    scope: { team: "ops", agent: "looper" },
    keys: ["agent=looper", "runaway_loop:agent=looper", "team=ops"],
    wasted: (5n * 10n ** 18n) as Usd,
  });
  assert.equal((await run(loop)).opened, 1);
  const team = seen({ source: "day", kind: "spike", scope: { team: "ops" } });
  assert.equal((await run(team)).opened, 1);
  const rows = await sql`select kind, scope from anomaly order by kind`;
  assert.deepEqual(
    [...rows],
    [
      { kind: "runaway_loop", scope: { team: "ops", agent: "looper" } },
      { kind: "spike", scope: { team: "ops" } },
    ],
  );
});

test("a look that reaches less far back keeps the time that is known, with all of its money", async () => {
  await sql`truncate anomaly, usage_event, usage_hour, usage_day cascade`;
  const callAt = (ms: number) =>
    modelCall(`at ${ms}`, {
      ...{ startedAtMs: ms, tokens: tokens(1_000_000, 1_000) },
      ...{ identityOf: { agent: "steady" }, attributes: { "team.id": "ops" } },
    });
  await ingest(sql, [callAt(NOW - 200 * MINUTE_MS), callAt(NOW - 30 * MINUTE_MS)]);
  const facts = await readWatchFacts(sql, NOW);
  const scope = { team: "ops", agent: "steady" };
  const look = (startsAt: number, endsAt: number) =>
    settle(
      sql,
      [seen({ source: "hour", kind: "burn", scope, startsAt, endsAt })],
      facts,
      "https://outlay.example",
    );
  await look(NOW - 240 * MINUTE_MS, NOW - 120 * MINUTE_MS);
  await look(NOW - 60 * MINUTE_MS, NOW);
  const rows = await sql`
    select starts_at, ends_at, actual = (select sum(cost) from usage_hour) as has_all,
           (select sum(p.actual) = a.actual from anomaly_part p where p.anomaly_id = a.id) as adds_up
      from anomaly a`;
  assert.deepEqual(
    [...rows],
    [
      {
        starts_at: new Date(NOW - 240 * MINUTE_MS),
        ends_at: new Date(NOW),
        ...{ has_all: true, adds_up: true },
      },
    ],
  );
});

test("what is proven of an agent is overwritten by nothing less", async () => {
  await sql`truncate anomaly cascade`;
  const facts = await readWatchFacts(sql, NOW);
  const look = async (kind: Sighting["kind"], calls: number) => {
    const scope = { team: "ops", agent: "steady" };
    // A dollar a call.
    const wasted = (BigInt(calls) * 10n ** 18n) as Usd;
    const sighting = seen({ source: "agent", kind, scope, wasted, finding: { calls } });
    await settle(sql, [sighting], facts, "https://outlay.example");
    const rows = await sql`select kind, impact::float8, findings -> kind as finding from anomaly`;
    assert.equal(rows.length, 1);
    return [rows[0]?.kind, rows[0]?.impact, rows[0]?.finding.calls];
  };
  assert.deepEqual(await look("runaway_loop", 5), ["runaway_loop", 5, 5]);
  assert.deepEqual(await look("cache_collapse", 2), ["runaway_loop", 5, 5]);
  assert.deepEqual(await look("runaway_loop", 3), ["runaway_loop", 5, 5]);
  assert.deepEqual(await look("runaway_loop", 8), ["runaway_loop", 8, 8]);
});

test("what an agent is proven to have done is told of its own time, not of an odd day before", async () => {
  await sql`truncate anomaly cascade`;
  const facts = await readWatchFacts(sql, NOW);
  const scope = { team: "ops", agent: "steady" };
  const hourAgo = NOW - 60 * MINUTE_MS;
  const burn = (startsAt: number, endsAt: number) =>
    seen({ source: "hour", kind: "burn", scope, startsAt, endsAt });
  const wasted = (50n * 10n ** 18n) as Usd;
  const loop = seen({ source: "agent", kind: "runaway_loop", scope, wasted });
  const kinds = async (...sightings: Sighting[]) => {
    for (const each of sightings) await settle(sql, [each], facts, null);
    return (await sql`select kind from anomaly order by starts_at`).map(({ kind }) => kind);
  };
  const before = burn(NOW - 240 * MINUTE_MS, NOW - 120 * MINUTE_MS);
  assert.deepEqual(await kinds(before, loop), ["burn", "runaway_loop"]);
  await sql`truncate anomaly cascade`;
  assert.deepEqual(await kinds(burn(hourAgo, NOW), loop), ["runaway_loop"]);
  // Of a burn that was mostly others' it is no proof, and is told once, beside it.
  await sql`truncate anomaly cascade`;
  const small = { ...loop, wasted: 10n as Usd };
  assert.deepEqual(await kinds(burn(hourAgo, NOW), small, small), ["burn", "runaway_loop"]);
});
