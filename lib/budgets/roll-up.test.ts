import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CALENDAR_YEAR } from "#lib/time/fiscal.ts";
import { parseAmount, printAmount } from "./amount.ts";
import type { Budget } from "./budget.ts";
import { type RollUpProblem, rollUpOf, wouldLoop } from "./roll-up.ts";

const TEAMS = [
  { slug: "payments", parent: null },
  { slug: "payments-web", parent: "payments" },
  { slug: "search", parent: null },
];

function budget(id: string, more: Partial<Budget> = {}): Budget {
  return {
    id,
    name: id,
    scope: { team: "payments" },
    period: { unit: "month" },
    calendar: CALENDAR_YEAR,
    unit: "USD",
    limit: parseAmount("1"),
    costBasis: "effective",
    rollover: "none",
    rolloverCap: null,
    thresholds: [],
    pacing: null,
    quietHours: null,
    hasDigest: false,
    parentId: id === "parent" ? null : "parent",
    owner: null,
    startsAt: 0,
    limitRevision: 1,
    ...more,
  };
}

/** By the limits in force, which are not those that were set: these are all 1. */
const inForce = (limit: string, id: string, more?: Partial<Budget>) => ({
  budget: budget(id, more),
  limit: parseAmount(limit),
});

const parent = inForce("100", "parent");

describe("a budget against those below it", () => {
  const CASES: readonly {
    readonly name: string;
    readonly below: readonly ReturnType<typeof inForce>[];
    readonly unallotted: string;
    readonly problems: readonly string[];
  }[] = [
    { name: "none", below: [], unallotted: "100", problems: [] },
    {
      name: "all of it given away",
      below: [inForce("60", "a"), inForce("40", "b")],
      unallotted: "0",
      problems: [],
    },
    {
      name: "more than there is, by the smallest amount",
      below: [inForce("60", "a"), inForce("40.000000000000000001", "b")],
      unallotted: "-0.000000000000000001",
      problems: ["children_exceed 0.000000000000000001"],
    },
    {
      name: "a team below, and one that is not",
      below: [
        inForce("1", "web", { scope: { team: "payments-web" } }),
        inForce("2", "search", { scope: { team: "search" } }),
        inForce("3", "all", { scope: {} }),
      ],
      unallotted: "94",
      problems: ["outside_parent search", "outside_parent all"],
    },
    {
      name: "what cannot be compared is told and not added up",
      below: [
        inForce("500", "euro", { unit: "EUR" }),
        inForce("500", "tokens", { unit: "tokens" }),
        inForce("500", "weekly", { period: { unit: "week" } }),
        inForce("10", "comparable"),
      ],
      unallotted: "90",
      problems: ["other_unit euro", "other_unit tokens", "other_period weekly"],
    },
    {
      name: "budgets of another parent",
      below: [inForce("500", "other", { parentId: "somebody" })],
      unallotted: "100",
      problems: [],
    },
  ];
  for (const { name, below, unallotted, problems } of CASES) {
    test(name, () => {
      const found = rollUpOf(parent, [parent, ...below], TEAMS);
      assert.equal(printAmount(found.unallotted), unallotted);
      assert.deepEqual(found.problems.map(wordsOf), problems);
    });
  }
});

function wordsOf(problem: RollUpProblem): string {
  return problem.kind === "children_exceed"
    ? `${problem.kind} ${printAmount(problem.over)}`
    : `${problem.kind} ${problem.child}`;
}

test("a budget cannot stand below itself, however far", () => {
  const chain = [
    budget("a", { parentId: "b" }),
    budget("b", { parentId: "c" }),
    budget("c", { parentId: null }),
  ];
  assert.deepEqual(
    ["a", "b", "c"].map((id) => wouldLoop("c", id, chain)),
    [true, true, true],
  );
  assert.equal(wouldLoop("a", "c", chain), false);
});
