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
    ...{ keys: keysOfScope(told.scope), isNotable: true, measured: null, wasted: null },
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
