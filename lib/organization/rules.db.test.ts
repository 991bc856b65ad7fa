import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createTeam } from "#lib/access/create-team.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { createRule, listRules, moveRule, NewRule, replaceRule, retireRule } from "./rules.ts";

const { db, sql } = await createTestDatabase();
await createTeam(db, { slug: "search", name: "Search", costCenter: null, parent: null });
const NOW = new Date("2026-11-22T12:00:00Z");
const rule = (name: string, service = name) =>
  NewRule.parse({
    name,
    conditions: [{ attribute: "service", operator: "equals", value: service }],
    assign: { team: "search" },
  });
const names = async () => (await listRules(db)).map(({ name }) => name);

beforeEach(() => sql`truncate allocation_rule`);

test("rules stand in the order in which they were made, and move by one place", async () => {
  const [a, , c] = [
    await createRule(db, rule("a")),
    await createRule(db, rule("b")),
    await createRule(db, rule("c")),
  ];
  await moveRule(db, a, -1);
  assert.deepEqual(await names(), ["a", "b", "c"]);
  await moveRule(db, c, -1);
  assert.deepEqual(await names(), ["a", "c", "b"]);
  await moveRule(db, a, 1);
  assert.deepEqual(await names(), ["c", "a", "b"]);
});

test("an edited rule takes the old one's place and leaves it for its receipts", async () => {
  const a = await createRule(db, rule("a"));
  await createRule(db, rule("b"));
  const edited = await replaceRule(db, a, rule("a2"), NOW);
  assert.deepEqual(await names(), ["a2", "b"]);
  const [old] = await sql<{ name: string; retired_at: Date }[]>`
    select name, retired_at from allocation_rule where id = ${a}`;
  assert.deepEqual(old, { name: "a", retired_at: NOW });
  await assert.rejects(replaceRule(db, a, rule("a3"), NOW), { code: "not_found" });
  await retireRule(db, edited, NOW);
  assert.deepEqual(await names(), ["b"]);
});

test("many changes at once lose none", async () => {
  await Promise.all(["a", "b", "c", "d"].map((name) => createRule(db, rule(name))));
  assert.deepEqual((await names()).toSorted(), ["a", "b", "c", "d"]);
  const positions = await sql<{ position: number }[]>`
    select position from allocation_rule order by position`;
  assert.deepEqual(
    positions.map(({ position }) => position),
    [1, 2, 3, 4],
  );
});

test("a rule is what the next event is filed by", async () => {
  await createRule(db, rule("batch"));
  const { allocate } = await loadIngestPlan(sql);
  const event = { project: undefined, environment: undefined, workflow: undefined, keyTeam: null };
  const given = allocate({
    ...event,
    attributeOf: (name) => (name === "service" ? "Batch" : undefined),
  });
  assert.equal(given.team, "search");
});

test("a team that nobody made and a rule that gives nothing are refused", async () => {
  await assert.rejects(createRule(db, { ...rule("a"), assign: { team: "nobody" } }), {
    code: "not_found",
  });
  assert.equal(NewRule.safeParse({ ...rule("a"), assign: {} }).success, false);
  const blank = { attribute: "service", operator: "equals", value: " " };
  assert.equal(NewRule.safeParse({ ...rule("a"), conditions: [blank] }).success, false);
});
