import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { createRule, editRule, endRule, moveRule } from "./change-rules.ts";
import { createTeam } from "./change-team.ts";
import { NewRule } from "./rule-input.ts";
import { listRules, listRuleVersions } from "./rules.ts";
import { TeamInput } from "./team-input.ts";

const { sql } = await createTestDatabase();
const viewer = testViewer();
for (const slug of ["search", "payments"]) {
  const change = { by: viewer, now: new Date() };
  await createTeam(sql, change, TeamInput.parse({ slug, name: slug }));
}
const day = (date: number) => new Date(Date.UTC(2026, 10, date, 12));
const on = (date: number) => ({ by: viewer, now: day(date) });
const rule = (name: string, more: Partial<NewRule> = {}) =>
  NewRule.parse({
    name,
    conditions: [{ attribute: "service", operator: "equals", value: "chat" }],
    assign: { team: "search" },
    ...more,
  });
const names = async (date: number) =>
  (await listRules(sql, viewer, day(date))).map(({ name }) => name);

/** The team of an event of the service `chat` that starts on each of the days. */
async function teamsOn(...dates: readonly number[]): Promise<readonly string[]> {
  const { allocate } = await loadIngestPlan(sql);
  return dates.map(
    (date) =>
      allocate({
        attributeOf: (name) => (name === "service" ? "Chat" : undefined),
        startedAtMs: day(date).getTime(),
        ...{ project: undefined, environment: undefined, workflow: undefined, user: undefined },
        keyTeam: null,
      }).team,
  );
}

beforeEach(() => sql`truncate allocation_rule`);

describe("the order of rules", () => {
  test("is that in which they were made, and changes by one place", async () => {
    await createRule(sql, on(1), rule("a"));
    await createRule(sql, on(1), rule("b"));
    const c = await createRule(sql, on(1), rule("c"));
    await moveRule(sql, on(2), c, -1);
    assert.deepEqual(await names(2), ["a", "c", "b"]);
    const [a] = await listRules(sql, viewer, day(2));
    await moveRule(sql, on(3), a?.id ?? "", -1);
    assert.deepEqual(await names(3), ["a", "c", "b"]);
    await moveRule(sql, on(4), a?.id ?? "", 1);
    assert.deepEqual(await names(4), ["c", "a", "b"]);
  });

  test("of an earlier day stays what it was then", async () => {
    await createRule(sql, on(1), rule("a"));
    const b = await createRule(sql, on(1), rule("b", { assign: { team: "payments" } }));
    await moveRule(sql, on(10), b, -1);
    assert.deepEqual(await teamsOn(5, 9, 10, 20), ["search", "search", "payments", "payments"]);
  });

  test("of rules that do not hold yet changes without a new version", async () => {
    await createRule(sql, on(1), rule("a", { effectiveFrom: day(20) }));
    const b = await createRule(sql, on(1), rule("b", { effectiveFrom: day(20) }));
    await moveRule(sql, on(2), b, -1);
    assert.deepEqual(await names(2), ["b", "a"]);
    assert.equal((await listRuleVersions(sql, viewer, { limit: 10 })).length, 2);
  });

  test("loses nothing when many change it at once", async () => {
    const made = ["a", "b", "c", "d"];
    await Promise.all(made.map((name) => createRule(sql, on(1), rule(name))));
    assert.deepEqual((await names(1)).toSorted(), made);
    const versions = await listRules(sql, viewer, day(1));
    assert.deepEqual(
      versions.map(({ position }) => position),
      [1, 2, 3, 4],
    );
  });
});

describe("a rule over time", () => {
  test("is asked for what starts after it was made, unless it says otherwise", async () => {
    await createRule(sql, on(10), rule("from now on"));
    assert.deepEqual(await teamsOn(9, 10), ["unallocated", "search"]);
    await sql`truncate allocation_rule`;
    await createRule(sql, on(10), rule("always", { effectiveFrom: null }));
    assert.deepEqual(await teamsOn(1, 10), ["search", "search"]);
    await sql`truncate allocation_rule`;
    await createRule(sql, on(10), rule("a week", { effectiveFrom: day(3), effectiveTo: day(10) }));
    assert.deepEqual(await teamsOn(2, 3, 9, 10), [
      ...["unallocated", "search", "search", "unallocated"],
    ]);
  });

  test("keeps its former version when it is edited, with who and when", async () => {
    const a = await createRule(sql, on(1), rule("a"));
    await createRule(sql, on(1), rule("b"));
    const edited = await editRule(sql, on(10), a, rule("a2", { assign: { team: "payments" } }));
    assert.deepEqual(await names(10), ["a2", "b"]);
    assert.deepEqual(await teamsOn(1, 9, 10), ["search", "search", "payments"]);
    const versions = await listRuleVersions(sql, viewer, { lineage: a, limit: 10 });
    assert.deepEqual(
      versions.map(({ id, change, createdBy, endedAt, endedBy }) => [
        ...[id, change, createdBy, endedAt, endedBy],
      ]),
      [
        [edited, "edited", "Ana", null, null],
        [a, "created", "Ana", day(10), "Ana"],
      ],
    );
  });

  test("is replaced whole where the edit holds from before it began", async () => {
    const a = await createRule(sql, on(5), rule("a"));
    const later = { assign: { team: "payments" }, effectiveFrom: day(20) };
    const planned = await editRule(sql, on(6), a, rule("planned", later));
    assert.deepEqual(await names(6), ["a", "planned"]);
    assert.deepEqual(await teamsOn(10, 20), ["search", "payments"]);
    const always = { assign: { team: "payments" }, effectiveFrom: null };
    await editRule(sql, on(7), planned, rule("always", always));
    assert.deepEqual(await names(7), ["always"]);
    assert.deepEqual(await teamsOn(1, 10, 20), ["payments", "payments", "payments"]);
    await assert.rejects(editRule(sql, on(8), a, rule("late")), { code: "not_found" });
  });

  test("ends, and goes on to hold for what started before", async () => {
    const a = await createRule(sql, on(1), rule("a"));
    await endRule(sql, on(10), a);
    assert.deepEqual(await names(10), []);
    assert.deepEqual(await teamsOn(9, 10), ["search", "unallocated"]);
  });
});

test("every change of rules stands in the audit log", async () => {
  const a = await createRule(sql, on(1), rule("a"));
  await editRule(sql, on(2), a, rule("a2"));
  const entries = await sql`
    select action, actor_label, before->>'name' as before, after->>'name' as after
      from audit_entry where target_id = ${a} order by id`;
  assert.deepEqual(
    [...entries].map(({ action, actor_label, before, after }) => [
      ...[action, actor_label, before, after],
    ]),
    [
      ["allocation_rule.created", "Ana", null, "a"],
      ["allocation_rule.changed", "Ana", "a", "a2"],
    ],
  );
});

test("a team that nobody made, a rule that gives nothing, and lesser roles are refused", async () => {
  const unknown = rule("a", { assign: { team: "nobody" } });
  await assert.rejects(createRule(sql, on(1), unknown), { code: "not_found" });
  assert.equal(NewRule.safeParse({ ...rule("a"), assign: {} }).success, false);
  const blank = { attribute: "service", operator: "equals", value: " " };
  assert.equal(NewRule.safeParse({ ...rule("a"), conditions: [blank] }).success, false);
  const backwards = { ...rule("a"), effectiveFrom: day(2), effectiveTo: day(1) };
  assert.equal(NewRule.safeParse(backwards).success, false);
  const finance = { by: testViewer("finance"), now: day(1) };
  await assert.rejects(createRule(sql, finance, rule("a")), { code: "forbidden" });
  await assert.rejects(listRules(sql, testViewer("admin", ["search"]), day(1)), {
    code: "forbidden",
  });
});
