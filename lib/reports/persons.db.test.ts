import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetTeamSizes, personScope } from "#lib/access/person-scope.ts";
import type { ReadScope } from "#lib/access/read-scope.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { listEvents } from "./events.ts";
import { at, CALL, NOON } from "./fixture-events.ts";
import { fillLedger, fixtureId } from "./ledger-fixture.ts";
import { eventReceipt } from "./receipt.ts";
import { sessionTree } from "./session-tree.ts";
import { listSessions } from "./sessions.ts";
import { usageReport } from "./usage-report.ts";

const { sql } = await createTestDatabase();
const now = new Date(NOON + 3_600_000);
const small = { ...CALL.dimensions, team: "search" };
// Three persons in payments, two in search.
const EVENTS = [
  ...["ann", "ben", "cid"].map((user, n) => at(CALL, user, n, { user, session: "big" })),
  ...["dee", "eve"].map((user, n) =>
    at(CALL, user, 10 + n, { user, session: "small", dimensions: small }),
  ),
];
await fillLedger(sql, EVENTS, "UTC");

const NAMES = ["ann", "ben", "cid", "dee", "eve"];
const named = (answer: unknown) => {
  const text = JSON.stringify(answer, (_, value) =>
    typeof value === "bigint" ? `${value}` : value,
  );
  return NAMES.filter((name) => text.includes(`"${name}"`));
};

/** Every read model that can tell a person, asked in one go. */
async function everything(scope: ReadScope): Promise<unknown[]> {
  const day = { from: new Date("2026-11-20T00:00:00Z"), to: new Date("2026-11-21T00:00:00Z") };
  const query = {
    ...day,
    bucket: "none",
    timeZone: "UTC",
    costBasis: "effective",
    filters: {},
  } as const;
  const first = EVENTS.at(-1);
  assert.ok(first !== undefined);
  return Promise.all([
    usageReport(sql, scope, { ...query, groupBy: ["user"] }),
    usageReport(sql, scope, { ...query, groupBy: ["user", "session"] }),
    listEvents(sql, scope, { filters: {}, limit: 50 }),
    listSessions(sql, scope, { limit: 50 }),
    sessionTree(sql, scope, "big", { limit: 50, offset: 0 }),
    sessionTree(sql, scope, "small", { limit: 50, offset: 0 }),
    eventReceipt(sql, scope, fixtureId(first)),
  ]);
}

test("a viewer sees no person, and the same total", async () => {
  const persons = await personScope(sql, "viewer", "all", now);
  assert.equal(persons, "none");
  const scope = { teams: "all", persons } as const;
  assert.deepEqual(named(await everything(scope)), []);
  const query = {
    from: new Date(NOON),
    to: new Date(NOON + 60_000),
    groupBy: ["user"],
    bucket: "none",
    timeZone: "UTC",
    costBasis: "effective",
    filters: {},
  } as const;
  const folded = await usageReport(sql, scope, query);
  assert.deepEqual(
    folded.rows.map(({ group }) => group),
    [{ user: null }],
  );
  assert.deepEqual(folded.total, (await usageReport(sql, "all", query)).total);
  // Asking for a person by name finds nothing, so it cannot confirm a guess either.
  const guessed = await usageReport(sql, scope, { ...query, filters: { user: ["ann"] } });
  assert.equal(guessed.rows.length, 0);
  assert.equal(
    (await listEvents(sql, scope, { filters: { user: ["ann"] }, limit: 9 })).events.length,
    0,
  );
  assert.equal((await listSessions(sql, scope, { user: ["ann"], limit: 9 })).sessions.length, 0);
});

test("a manager sees persons where a team has as many as the floor asks", async () => {
  const manager = await personScope(sql, "manager", ["payments", "search"], now);
  assert.deepEqual(manager, { inTeams: ["payments"] });
  const scope: ReadScope = { teams: "all", persons: manager };
  assert.deepEqual(named(await everything(scope)), ["ann", "ben", "cid"]);

  await sql`update organization set person_floor = 1`;
  forgetTeamSizes(sql);
  const open = await personScope(sql, "manager", ["search"], now);
  assert.deepEqual(open, { inTeams: ["search"] });
  assert.deepEqual(named(await everything({ teams: ["search"], persons: open })), ["dee", "eve"]);
});

test("admins and finance see everybody", async () => {
  for (const role of ["admin", "finance"] as const) {
    const persons = await personScope(sql, role, "all", now);
    assert.deepEqual(named(await everything({ teams: "all", persons })), NAMES);
  }
});
