import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { userViewer } from "#lib/auth/user-viewer.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { createTeam, updateTeam } from "./change-team.ts";
import { mergeTeams } from "./merge-teams.ts";
import { splitTeam } from "./split-team.ts";
import { TeamInput, TeamMerge, TeamSplit } from "./team-input.ts";
import { inTreeOrder, listTeams } from "./teams.ts";

const { db, sql } = await createTestDatabase();
const admin = testViewer();
const day = (date: number) => new Date(Date.UTC(2026, 10, date, 12));
const on = (date: number) => ({ by: admin, now: day(date) });
const add = (slug: string, parent: string | null = null, costCenter: string | null = null) =>
  createTeam(sql, on(1), TeamInput.parse({ slug, name: slug, parent, costCenter }));
const tree = async () =>
  inTreeOrder(await listTeams(sql, admin)).map(({ slug, depth }) => `${" ".repeat(depth)}${slug}`);

type Attributes = Readonly<Record<string, string>>;

/** Who gets events with these attributes that start on each of the days. */
async function filed(attributes: Attributes, ...dates: readonly number[]) {
  const { allocate } = await loadIngestPlan(sql);
  return dates.map((date) =>
    allocate({
      attributeOf: (name) => attributes[name],
      startedAtMs: day(date).getTime(),
      project: attributes.project,
      user: attributes.user,
      ...{ environment: undefined, workflow: undefined, keyTeam: attributes.key ?? null },
    }),
  );
}
async function teams(attributes: Attributes, ...dates: readonly number[]) {
  return (await filed(attributes, ...dates)).map(({ team }) => team);
}

beforeEach(async () => {
  await sql`truncate team, allocation_rule, project, person, auth_user_team cascade`;
  await sql`insert into team (slug, name) values ('unallocated', 'Unallocated')`;
});

describe("the tree", () => {
  test("is read depth first, and changes when a team gets another parent", async () => {
    await add("a");
    await add("b", "a");
    await add("c", "b");
    await add("d");
    assert.deepEqual(await tree(), ["a", " b", "  c", "d"]);
    await updateTeam(sql, on(2), "b", { parent: "d" });
    assert.deepEqual(await tree(), ["a", "d", " b", "  c"]);
    await updateTeam(sql, on(2), "b", { parent: null, name: "Bees" });
    assert.deepEqual(await tree(), ["a", "b", " c", "d"]);
  });

  test("takes no rings, also not when two people make one half each at once", async () => {
    await add("a");
    await add("b", "a");
    await add("c", "b");
    for (const parent of ["a", "b", "c"]) {
      await assert.rejects(updateTeam(sql, on(2), "a", { parent }), { code: "conflict" });
    }
    await add("x");
    await add("y");
    const both = await Promise.allSettled([
      updateTeam(sql, on(2), "x", { parent: "y" }),
      updateTeam(sql, on(2), "y", { parent: "x" }),
    ]);
    assert.deepEqual(both.map(({ status }) => status).toSorted(), ["fulfilled", "rejected"]);
  });

  test("decides what a manager sees, as it is now", async () => {
    await add("a");
    await add("b", "a");
    await add("c");
    await sql`insert into auth_user (id, name, email, role) values ('m', 'M', 'm@x.test', 'manager')
              on conflict do nothing`;
    await sql`insert into auth_user_team (user_id, team_slug) values ('m', 'a')`;
    const manager = { id: "m", name: "M", role: "manager" };
    const scope = async () => (await userViewer({ db, sql }, manager, day(2))).teams;
    assert.deepEqual(await scope(), ["a", "b"]);
    await updateTeam(sql, on(2), "b", { parent: "c" });
    assert.deepEqual(await scope(), ["a"]);
    await updateTeam(sql, on(2), "c", { parent: "a" });
    assert.deepEqual(await scope(), ["a", "b", "c"]);
  });
});

describe("an archived team", () => {
  test("gets nothing that starts later, until it is taken up again", async () => {
    await add("a");
    await updateTeam(sql, on(10), "a", { archived: true });
    assert.deepEqual(await teams({ "team.id": "a" }, 9, 10), ["a", "unallocated"]);
    assert.deepEqual(await teams({ key: "a" }, 9, 10), ["a", "unallocated"]);
    await updateTeam(sql, on(20), "a", { archived: false });
    assert.deepEqual(await teams({ "team.id": "a" }, 9, 21), ["a", "a"]);
  });

  test("has no teams in use below it", async () => {
    await add("a");
    await add("b", "a");
    await assert.rejects(updateTeam(sql, on(2), "a", { archived: true }), { code: "conflict" });
    await updateTeam(sql, on(2), "b", { archived: true });
    await updateTeam(sql, on(2), "a", { archived: true });
    await assert.rejects(updateTeam(sql, on(3), "b", { parent: "nobody" }), { code: "not_found" });
  });
});

test("a team's cost centre is the one it had when the event started", async () => {
  await add("a", null, "CC-1");
  await updateTeam(sql, on(10), "a", { costCenter: "CC-2" });
  await updateTeam(sql, on(20), "a", { costCenter: null });
  const found = await filed({ team: "a" }, 9, 10, 19, 20);
  assert.deepEqual(
    found.map(({ costCenter }) => costCenter),
    ["CC-1", "CC-2", "CC-2", null],
  );
});

describe("a merge", () => {
  const merge = (slug: string, into: string, from = "2026-11-10", history = "stays", date = 15) =>
    mergeTeams(sql, on(date), slug, TeamMerge.parse({ into, from, history }));

  test("sends on what starts from its date, by whatever way it came", async () => {
    await add("a");
    await add("b");
    await sql`insert into project (id, name, team_slug) values ('shop', 'Shop', 'a')`;
    await sql`insert into person (id, email) values (gen_random_uuid(), 'ann@x.test')`;
    await sql`insert into membership (person_id, valid_from, team_slug, cost_center)
              select id, '2026-01-01', 'a', 'CC-9' from person`;
    await merge("a", "b");
    const ways = [{ team: "a" }, { key: "a" }, { project: "shop" }, { user: "Ann@X.test" }];
    for (const way of ways) {
      assert.deepEqual(await teams(way, 9, 10, 14, 16), ["a", "b", "b", "b"], JSON.stringify(way));
    }
    const [before, after] = await filed({ user: "ann@x.test" }, 9, 20);
    assert.deepEqual([before?.costCenter, after?.costCenter], ["CC-9", "CC-9"]);
    const spans = await sql`
      select team_slug, valid_from::text as from, valid_to::text as to
        from membership order by valid_from`;
    assert.deepEqual(
      [...spans].map(({ team_slug, from, to }) => [team_slug, from, to]),
      [
        ["a", "2026-01-01", "2026-11-10"],
        ["b", "2026-11-10", null],
      ],
    );
  });

  test("may lie ahead, and may follow on another", async () => {
    for (const slug of ["a", "b", "c"]) await add(slug);
    await sql`insert into project (id, name, team_slug) values ('shop', 'Shop', 'a')`;
    await merge("a", "b", "2026-11-20", "stays", 15);
    assert.deepEqual(await teams({ team: "a" }, 16, 20), ["a", "b"]);
    assert.deepEqual(await teams({ project: "shop" }, 16, 20), ["a", "b"]);
    await merge("b", "c", "2026-11-25", "stays", 15);
    assert.deepEqual(await teams({ team: "a" }, 16, 20, 24, 25), ["a", "b", "b", "c"]);
  });

  test("takes the teams below along, and the past too where that is wanted", async () => {
    await add("top");
    await add("a", "top");
    await add("below", "a");
    await add("b");
    await merge("a", "b");
    assert.deepEqual(await tree(), ["b", " below", "top", " a"]);
    await add("c");
    await merge("b", "c", "2026-11-10", "under");
    assert.deepEqual(await tree(), ["c", " b", " below", "top", " a"]);
  });

  test("is refused into itself, into what is gone or below, twice, and undone", async () => {
    await add("a");
    await add("b", "a");
    await add("c");
    await assert.rejects(merge("a", "a"), { code: "conflict" });
    await assert.rejects(merge("a", "b"), { code: "conflict" });
    await assert.rejects(merge("a", "gone"), { code: "not_found" });
    await assert.rejects(merge("unallocated", "a"), { code: "not_found" });
    await merge("a", "c");
    await assert.rejects(merge("a", "c"), { code: "conflict" });
    await assert.rejects(merge("c", "a"), { code: "not_found" });
    await assert.rejects(updateTeam(sql, on(16), "a", { archived: false }), { code: "conflict" });
  });

  test("is refused within a closed month", async () => {
    await add("a");
    await add("b");
    await sql`
      insert into closed_month (month, closed_at, closed_by, totals, hash)
      values ('2026-10-01', now(), 'x', '{}', '')`;
    await assert.rejects(merge("a", "b", "2026-10-31"), { code: "closed_period" });
    await merge("a", "b", "2026-11-01");
    await sql`delete from closed_month`;
  });
});

describe("a split", () => {
  const part = (slug: string, service: string, people: string[] = []) => ({
    ...{ slug, name: slug.toUpperCase(), people },
    conditions: [{ attribute: "service", operator: "starts_with", value: service }],
  });
  const split = (parts: unknown[], place = "below") =>
    splitTeam(sql, on(15), "a", TeamSplit.parse({ from: "2026-11-10", place, parts }));

  test("gives parts of what would fall to the team, and of nothing else", async () => {
    await add("a");
    await add("other");
    await split([part("a-eu", "eu-"), part("a-us", "us-")]);
    assert.deepEqual(await tree(), ["a", " a-eu", " a-us", "other"]);
    const eu = { service: "eu-shop" };
    assert.deepEqual(await teams({ ...eu, team: "a" }, 9, 10), ["a", "a-eu"]);
    assert.deepEqual(await teams({ ...eu, key: "a" }, 9, 10), ["a", "a-eu"]);
    assert.deepEqual(await teams({ service: "us-shop", team: "a" }, 9, 10), ["a", "a-us"]);
    assert.deepEqual(await teams({ service: "rest", team: "a" }, 9, 10), ["a", "a"]);
    assert.deepEqual(await teams({ ...eu, team: "other" }, 9, 10), ["other", "other"]);
    assert.deepEqual(await teams(eu, 9, 10), ["unallocated", "unallocated"]);
    const [found] = await filed({ ...eu, team: "a" }, 10);
    assert.equal(found?.because, "rule");
    assert.equal(found?.foundTeam, "a");
    assert.notEqual(found?.ruleId, null);
  });

  test("moves the people that it names, and stands beside the team where that is wanted", async () => {
    await add("top");
    await add("a", "top");
    await sql`insert into person (email) values ('ann@x.test'), ('bob@x.test')`;
    await sql`insert into membership (person_id, valid_from, team_slug)
              select id, '2026-01-01', 'a' from person`;
    await split([part("a-eu", "eu-", ["ANN@x.test"])], "beside");
    assert.deepEqual(await tree(), ["top", " a", " a-eu"]);
    assert.deepEqual(await teams({ user: "ann@x.test" }, 9, 10), ["a", "a-eu"]);
    assert.deepEqual(await teams({ user: "bob@x.test" }, 9, 10), ["a", "a"]);
  });

  test("is whole or not at all", async () => {
    await add("a");
    await add("taken");
    await assert.rejects(split([part("a-eu", "eu-"), part("taken", "us-")]), { code: "conflict" });
    assert.deepEqual(await tree(), ["a", "taken"]);
    assert.equal((await sql`select 1 from allocation_rule`).length, 0);
  });

  test("is followed by merges: parts may be joined again", async () => {
    await add("a");
    await split([part("a-eu", "eu-")]);
    await mergeTeams(sql, on(16), "a-eu", TeamMerge.parse({ into: "a", from: "2026-11-20" }));
    assert.deepEqual(await teams({ team: "a", service: "eu-1" }, 9, 10, 19, 20), [
      ...["a", "a-eu", "a-eu", "a"],
    ]);
  });
});
