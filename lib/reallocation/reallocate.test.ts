import assert from "node:assert/strict";
import { test } from "node:test";
import type { AllocationRule } from "#lib/allocation/rule.ts";
import { type Allocated, reallocate } from "./reallocate.ts";

const RULES = ["first", "second"].map((id): AllocationRule => ({ id, conditions: [], assign: {} }));

function given(team: string, ruleId: string | null = null): Allocated {
  return { team, ruleId, project: null, environment: null, workflow: null, costCenter: null };
}

const part = (before: Allocated, now: Allocated) => reallocate(before, now, false, RULES).team;

test("an event whose whole trace is known is given as today's rules say", () => {
  const now = given("unallocated");
  assert.equal(reallocate(given("a", "first"), now, true, RULES), now);
});

test("what a trace does not show any more takes nothing from a team", () => {
  assert.equal(part(given("a"), given("unallocated")), "a");
  assert.equal(part(given("a"), given("of the key")), "a");
  assert.equal(part(given("a", "first"), given("unallocated")), "a");
  assert.equal(part(given("a", "first"), given("b", "second")), "a");
});

test("a rule takes an event by what it still shows, unless one before it did", () => {
  assert.equal(part(given("a"), given("b", "second")), "b");
  assert.equal(part(given("a", "second"), given("b", "first")), "b");
  assert.equal(part(given("a", "retired"), given("b", "second")), "b");
});

test("what had no team, or had it from a rule that is gone, is given as today", () => {
  assert.equal(part(given("unallocated"), given("of the key")), "of the key");
  assert.equal(part(given("a", "retired"), given("unallocated")), "unallocated");
});
