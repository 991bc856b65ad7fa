import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import fc from "fast-check";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { csvText } from "#lib/tables/write-csv.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { removePerson, setPerson } from "./change-person.ts";
import { createTeam } from "./change-team.ts";
import { HR_COLUMNS, hrLines } from "./hr-file.ts";
import { importPeople } from "./import-people.ts";
import { listPeople, MemberInput, membersByEmail } from "./people.ts";
import { TeamInput } from "./team-input.ts";

const { sql } = await createTestDatabase();
const change = { by: testViewer(), now: new Date("2026-11-15T12:00:00Z") };
const TEAMS = ["a", "b", "c"];
for (const slug of TEAMS) {
  await createTeam(sql, change, TeamInput.parse({ slug, name: `Team ${slug}`, costCenter: slug }));
}
const REAL = { isRehearsal: false, makesTeams: false };
const load = (text: string, options = REAL) => importPeople(sql, change, text, options);
const spansOf = async (email: string) =>
  (await membersByEmail(sql, [email]))[0]?.memberships.map(({ team, from, to }) => [
    team,
    from,
    to,
  ]);

beforeEach(async () => {
  await sql`delete from person`;
  await sql`update organization set time_zone = 'UTC'`;
});

/** Who gets an event of a user that starts at an instant. */
async function filed(user: string, at: string, keyTeam: string | null = null) {
  const { allocate } = await loadIngestPlan(sql);
  const { team, costCenter, because } = allocate({
    attributeOf: () => undefined,
    startedAtMs: Date.parse(at),
    ...{ project: undefined, environment: undefined, workflow: undefined },
    user,
    keyTeam,
  });
  return [team, costCenter, because];
}

describe("an event of a person", () => {
  const ann = MemberInput.parse({
    email: "Ann@Example.com",
    aliases: ["U-17"],
    memberships: [
      { team: "b", from: "2026-11-10", costCenter: "CC-9" },
      { team: "a", from: "2026-01-01", to: "2026-11-10" },
    ],
  });

  test("goes to the team of that day, by whatever name, after rules, telemetry and key", async () => {
    await setPerson(sql, change, ann);
    assert.deepEqual(await filed("ann@example.com", "2026-11-09T23:59:59.999Z"), [
      ...["a", "a", "person"],
    ]);
    assert.deepEqual(await filed("u-17", "2026-11-10T00:00:00Z"), ["b", "CC-9", "person"]);
    assert.deepEqual(await filed("u-17", "2025-12-31T00:00:00Z"), ["unallocated", null, "nothing"]);
    assert.deepEqual(await filed("bob", "2026-11-10T00:00:00Z"), ["unallocated", null, "nothing"]);
    assert.deepEqual(await filed("u-17", "2026-11-10T00:00:00Z", "c"), ["c", "c", "key"]);
  });

  test("is of the organisation's days", async () => {
    await setPerson(sql, change, ann);
    await sql`update organization set time_zone = 'Asia/Taipei'`;
    assert.equal((await filed("u-17", "2026-11-09T15:59:59Z"))[0], "a");
    assert.equal((await filed("u-17", "2026-11-09T16:00:00Z"))[0], "b");
  });

  test("is nobody's once the person is forgotten", async () => {
    await setPerson(sql, change, ann);
    await removePerson(sql, change, "ann@example.com");
    assert.equal((await filed("u-17", "2026-11-10T00:00:00Z"))[0], "unallocated");
    await assert.rejects(removePerson(sql, change, "ann@example.com"), { code: "not_found" });
  });
});

test("no name stands for two people, and no team is made up", async () => {
  const person = (email: string, aliases: string[], team = "a") =>
    MemberInput.parse({ email, aliases, memberships: [{ team, from: "2026-01-01" }] });
  await setPerson(sql, change, person("ann@x.test", ["ann"]));
  for (const other of [
    person("bob@x.test", ["ann"]),
    person("bob@x.test", ["ann@x.test"]),
    person("ann2@x.test", ["b", "ANN"]),
  ]) {
    await assert.rejects(setPerson(sql, change, other), { code: "conflict" });
  }
  await assert.rejects(setPerson(sql, change, person("bob@x.test", [], "nobody")), {
    code: "not_found",
  });
  await setPerson(sql, change, person("ann@x.test", ["ann", "annie"]));
  const people = await listPeople(sql, testViewer("finance"), { search: "NNI", limit: 9 });
  assert.deepEqual(
    people.map(({ email }) => email),
    ["ann@x.test"],
  );
  await assert.rejects(listPeople(sql, testViewer("manager", ["a"]), { limit: 9 }), {
    code: "forbidden",
  });
});

test("spans that overlap are refused", () => {
  const memberships = [
    { team: "a", from: "2026-01-01" },
    { team: "b", from: "2026-06-01" },
  ];
  assert.equal(MemberInput.safeParse({ email: "a@x.test", memberships }).success, false);
});

describe("an HR file", () => {
  const FILE =
    "E-Mail,Team,Cost centre,Start,End\n" +
    "ann@x.test,a,,2026-01-01,2026-05-31\n" +
    "ann@x.test,Team B,CC-2,2026-06-01,\n" +
    "bob@x.test,c,,2026-03-01,\n";

  test("says first what it would change, then changes it, then nothing more", async () => {
    const rehearsal = await load(FILE, { ...REAL, isRehearsal: true });
    assert.equal(rehearsal.isApplied, false);
    assert.deepEqual([rehearsal.added.length, rehearsal.mistakes.length], [2, 0]);
    assert.equal(await spansOf("ann@x.test"), undefined);
    const done = await load(FILE);
    assert.equal(done.isApplied, true);
    assert.deepEqual(await spansOf("ann@x.test"), [
      ["a", "2026-01-01", "2026-06-01"],
      ["b", "2026-06-01", null],
    ]);
    const again = await load(FILE);
    assert.deepEqual([again.added, again.changed, again.unchanged], [[], [], 2]);
  });

  test("of where everybody works now keeps what was before", async () => {
    await load(FILE);
    await load("email,team,start\nann@x.test,c,2026-11-01\n");
    assert.deepEqual(await spansOf("ann@x.test"), [
      ["a", "2026-01-01", "2026-06-01"],
      ["b", "2026-06-01", "2026-11-01"],
      ["c", "2026-11-01", null],
    ]);
    assert.deepEqual(await spansOf("bob@x.test"), [["c", "2026-03-01", null]]);
  });

  test("with mistakes changes nothing, and names each line", async () => {
    const { isApplied, mistakes } = await load(
      "email,team,start,end,aliases\n" +
        "ann@x.test,a,2026-01-01,,ann\n" +
        "nobody,a,2026-01-01,,\n" +
        "bob@x.test,nowhere,2026-01-01,,\n" +
        "cid@x.test,a,2026-02-30,,\n" +
        "dee@x.test,a,2026-05-01,2026-04-30,\n" +
        "eve@x.test,a,2026-01-01,2026-06-30,\n" +
        "eve@x.test,b,2026-06-30,,\n" +
        'fay@x.test,"two\nlines",2026-01-01,,\n' +
        "gus@x.test,a\n" +
        "hal@x.test,a,2026-01-01,,ann\n",
    );
    assert.equal(isApplied, false);
    assert.deepEqual(
      mistakes
        .map(({ line, detail }) => [line, detail])
        .toSorted(([a], [b]) => Number(a) - Number(b)),
      [
        [3, '"nobody" is no e-mail'],
        [4, "there is no team nowhere"],
        [5, 'start "2026-02-30" is no date such as 2026-11-22'],
        [6, "ends before it starts"],
        [8, "overlaps line 7 of the same person"],
        [9, "there is no team two\nlines"],
        [11, "has 2 fields, the first line 5"],
        [12, "ann would name two people"],
      ],
    );
    assert.equal((await sql`select 1 from person`).length, 0);
  });

  test("without the columns that it needs, or that is no CSV, says so", async () => {
    assert.deepEqual((await load("")).mistakes, [
      { line: 1, detail: "the columns email, team, start are missing" },
    ]);
    assert.deepEqual((await load('email,team,start\na@x.test,b"c,2026-01-01\n')).mistakes, [
      { line: 2, detail: "a quote inside an unquoted field" },
    ]);
  });

  test("makes the teams that it names where that is wanted", async () => {
    const text =
      "email,team,start\nann@x.test,New Team,2026-01-01\nbob@x.test,new team,2026-01-01\n";
    const { newTeams } = await load(text, { isRehearsal: false, makesTeams: true });
    assert.deepEqual(
      newTeams.map(({ slug }) => slug),
      ["new-team"],
    );
    assert.deepEqual(await spansOf("bob@x.test"), [["new-team", "2026-01-01", null]]);
  });
});

const anyDay = fc
  .integer({ min: 0, max: 4_000 })
  .map((days) => new Date(Date.UTC(2020, 0, 1 + days)).toISOString().slice(0, 10));
const anyText = fc.string({ maxLength: 20, unit: "grapheme" }).filter((text) => !/\0/.test(text));
const anySpans = fc
  .uniqueArray(anyDay, { minLength: 2, maxLength: 7 })
  .chain((days) =>
    fc.tuple(
      fc.constant(days.toSorted()),
      fc.array(fc.constantFrom(...TEAMS), { minLength: 6, maxLength: 6 }),
      fc.array(fc.option(fc.constantFrom("CC-1", "=1+1", 'a "b", c')), {
        minLength: 6,
        maxLength: 6,
      }),
      fc.boolean(),
      fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    ),
  )
  .map(([days, teams, codes, isOpen, kept]) =>
    days.slice(0, -1).flatMap((from, index) => {
      const isLast = index === days.length - 2;
      const to = isLast && isOpen ? null : (days[index + 1] ?? null);
      const span = { team: teams[index] ?? "a", costCenter: codes[index] ?? null, from, to };
      return kept[index] || isLast ? [span] : [];
    }),
  );

test("what is written out and read in again is the same, and changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(anySpans, anyText), { minLength: 1, maxLength: 5 }),
      async (people) => {
        await sql`delete from person`;
        for (const [index, [memberships, name]] of people.entries()) {
          const aliases = [`u${index}`, `x ${index}`];
          const person = { email: `p${index}@x.test`, name, aliases, memberships };
          await setPerson(sql, change, MemberInput.parse(person));
        }
        const stored = await membersByEmail(sql, "all");
        const text = csvText(HR_COLUMNS, hrLines(stored), "data");
        const again = await load(text);
        assert.deepEqual(again.mistakes, []);
        assert.deepEqual([again.added, again.changed], [[], []]);
        await sql`delete from person`;
        assert.equal((await load(text)).isApplied, true);
        const written = csvText(HR_COLUMNS, hrLines(await membersByEmail(sql, "all")), "data");
        assert.deepEqual((await load(written)).changed, []);
        assert.equal(
          csvText(HR_COLUMNS, hrLines(await membersByEmail(sql, "all")), "data"),
          written,
        );
      },
    ),
    { numRuns: 25 },
  );
});
