import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Allocatable, type AllocationPlan, createAllocator } from "./allocate.ts";
import { teamSlug } from "./find-team.ts";
import type { AllocationRule, Condition } from "./rule.ts";

const TEAMS: AllocationPlan["teams"] = [
  { slug: "payments", name: "Payments EU", costCenter: "CC-1" },
  { slug: "search", name: "Search", costCenter: null },
  { slug: "platform", name: "Platform", costCenter: "CC-3" },
];

const NOON_MS = Date.parse("2026-11-22T12:00:00Z");

const OLD = { slug: "old", name: "Old", costCenter: null, archivedFromMs: NOON_MS };
const ANN = {
  people: [
    {
      names: ["Ann"],
      spans: [{ team: "payments", costCenter: null, fromMs: NOON_MS, toMs: NOON_MS + 1 }],
    },
  ],
};

type Given = {
  readonly attributes?: Readonly<Record<string, string>>;
} & Partial<AllocationPlan> &
  Partial<Omit<Allocatable, "attributeOf">>;

function allocate({ attributes = {}, rules = [], teams = TEAMS, ...given }: Given) {
  const { projects = [], people = [], ...event } = given;
  return createAllocator({ rules, teams, projects, people })({
    attributeOf: (name) => attributes[name],
    project: undefined,
    environment: undefined,
    workflow: undefined,
    user: undefined,
    startedAtMs: NOON_MS,
    keyTeam: null,
    ...event,
  });
}

function rule(assign: AllocationRule["assign"], ...conditions: readonly Condition[]) {
  return { id: "r1", conditions, assign };
}

const isProd: Condition = { attribute: "env", operator: "equals", value: "PROD" };

describe("who gets the spend", () => {
  const cases: [string, Given, string][] = [
    ["nothing said: nobody", {}, "unallocated"],
    ["a team by its slug", { attributes: { "team.id": "payments" } }, "payments"],
    ["a team by its name, in any case", { attributes: { team: "payments eu" } }, "payments"],
    ["a team that nobody made yet", { attributes: { team: "New Team!" } }, "new-team"],
    ["a name of which nothing is left", { attributes: { team: "!!!" } }, "unallocated"],
    ["an empty name", { attributes: { team: "", "team.name": "search" } }, "search"],
    [
      "a gateway's own word before the client's",
      { attributes: { "metadata.user_api_key_team_alias": "search", "team.id": "payments" } },
      "search",
    ],
    ["a department that is a team", { attributes: { department: "Search" } }, "search"],
    ["a department that is none", { attributes: { department: "engineering" } }, "unallocated"],
    [
      "the second of two maybes",
      { attributes: { department: "x", "service.namespace": "search" } },
      "search",
    ],
    ["a cost centre", { attributes: { cost_center: "cc-3" } }, "platform"],
    ["the key's team", { keyTeam: "search" }, "search"],
    ["a key's team that is gone", { keyTeam: "gone" }, "unallocated"],
    [
      "what is said before the key",
      { keyTeam: "search", attributes: { team: "payments" } },
      "payments",
    ],
    [
      "a cost centre before the key",
      { keyTeam: "search", attributes: { cost_center: "CC-1" } },
      "payments",
    ],
    [
      "a rule before what is said",
      { rules: [rule({ team: "platform" })], attributes: { team: "payments" } },
      "platform",
    ],
    [
      "a project's team before the key's",
      { project: "Shop", projects: [{ id: "shop", team: "payments" }], keyTeam: "search" },
      "payments",
    ],
    [
      "the project that a rule gives",
      { rules: [rule({ project: "shop" })], projects: [{ id: "shop", team: "payments" }] },
      "payments",
    ],
    ["the key before the person", { ...ANN, user: "ann", keyTeam: "search" }, "search"],
    ["the person before nobody", { ...ANN, user: "ANN" }, "payments"],
    ["a person at another time", { ...ANN, user: "ann", startedAtMs: NOON_MS + 1 }, "unallocated"],
    [
      "an archived team is passed over",
      { teams: [...TEAMS, OLD], attributes: { team: "old" }, keyTeam: "search" },
      "search",
    ],
    [
      "what started before it was archived",
      { teams: [...TEAMS, OLD], attributes: { team: "old" }, startedAtMs: NOON_MS - 1 },
      "old",
    ],
    [
      "a rule for a team that is gone gives nothing",
      { rules: [rule({ team: "gone" })], attributes: { team: "payments" } },
      "payments",
    ],
  ];
  for (const [name, given, team] of cases) {
    test(name, () => assert.equal(allocate(given).team, team));
  }
});

describe("rules", () => {
  test("the first that takes the event decides", () => {
    const rules = [
      rule({ team: "payments" }, isProd),
      { ...rule({ team: "search" }), id: "r2" },
      { ...rule({ team: "platform" }), id: "r3" },
    ];
    const prod = allocate({ rules, attributes: { env: "prod" } });
    assert.deepEqual([prod.team, prod.ruleId], ["payments", "r1"]);
    const other = allocate({ rules, attributes: { env: "dev" } });
    assert.deepEqual([other.team, other.ruleId], ["search", "r2"]);
  });

  test("all conditions must hold, each without regard to case", () => {
    const holds = (conditions: Condition[], attributes: Record<string, string>) =>
      allocate({ rules: [rule({ team: "search" }, ...conditions)], attributes }).team === "search";
    const is = (operator: Condition["operator"], value: string): Condition => ({
      attribute: "a",
      operator,
      value,
    });
    assert.equal(holds([is("equals", "X")], { a: "x" }), true);
    assert.equal(holds([is("equals", "x")], { a: "xy" }), false);
    assert.equal(holds([is("starts_with", "X")], { a: "xy" }), true);
    assert.equal(holds([is("starts_with", "y")], { a: "xy" }), false);
    assert.equal(holds([is("contains", "Y")], { a: "xyz" }), true);
    assert.equal(holds([is("exists", "")], { a: "" }), true);
    assert.equal(holds([is("exists", "")], {}), false);
    assert.equal(holds([is("contains", "")], {}), false);
    assert.equal(holds([is("equals", "x"), isProd], { a: "x" }), false);
    assert.equal(holds([is("equals", "x"), isProd], { a: "x", env: "prod" }), true);
  });

  test("what a rule leaves out is found as without it", () => {
    const found = allocate({
      rules: [rule({ project: "checkout" })],
      attributes: { team: "payments" },
      project: "own",
      environment: "prod",
      workflow: "refund",
    });
    assert.deepEqual(
      [found.team, found.project, found.environment, found.workflow],
      ["payments", "checkout", "prod", "refund"],
    );
  });
});

describe("the cost centre", () => {
  test("is the rule's, else what the event says, else the team's", () => {
    const attributes = { team: "payments", "cost.center": "said" };
    assert.equal(
      allocate({ attributes, rules: [rule({ cost_center: "ruled" })] }).costCenter,
      "ruled",
    );
    assert.equal(allocate({ attributes }).costCenter, "said");
    assert.equal(allocate({ attributes: { team: "payments" } }).costCenter, "CC-1");
    assert.equal(allocate({ attributes: { team: "search" } }).costCenter, null);
  });
});

describe("teams that telemetry names", () => {
  test("are made with the name as it was written", () => {
    const { team, newTeam } = allocate({ attributes: { team: "  Café Ops " } });
    assert.deepEqual([team, newTeam], ["caf-ops", { slug: "caf-ops", name: "  Café Ops " }]);
    assert.equal(allocate({ attributes: { team: "search" } }).newTeam, null);
    assert.equal(allocate({ attributes: { team: "SEARCH!" } }).newTeam, null);
  });

  test("are no more than two thousand, also when they come at once", () => {
    const event = {
      project: undefined,
      environment: undefined,
      workflow: undefined,
      user: undefined,
      startedAtMs: NOON_MS,
      keyTeam: null,
    };
    const allocator = createAllocator({ rules: [], teams: TEAMS });
    const name = (team: string) =>
      allocator({ ...event, attributeOf: (key) => (key === "team" ? team : undefined) });
    const teams = new Set(Array.from({ length: 5_000 }, (_, i) => name(`team ${i}`).team));
    assert.equal(teams.size, 2_000 - TEAMS.length + 1);
    assert.ok(teams.has("unallocated"));
    assert.equal(name("team 0").team, "team-0", "those that were named before stay");
    assert.equal(name("Payments!").team, "payments", "those that exist are still found");
  });
});

test("a slug is short, plain, and its own slug", () => {
  const examples: [string, string | null][] = [
    ["Payments EU", "payments-eu"],
    ["  a--b  ", "a--b"],
    ["..a_b.c-", "a_b.c"],
    ["日本", null],
    ["", null],
    [`${"a".repeat(62)} b`, "a".repeat(62)],
  ];
  for (const [name, slug] of examples) assert.equal(teamSlug(name), slug, name);
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), (name) => {
      const slug = teamSlug(name);
      if (slug === null) return;
      assert.match(slug, /^[a-z0-9]([a-z0-9._-]{0,61}[a-z0-9])?$/);
      assert.equal(teamSlug(slug), slug);
    }),
  );
});
