import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AllocationRule, isInForce } from "./rule.ts";
import { findRulesInForce } from "./rules-in-force.ts";

const anyBound = fc.option(fc.integer({ min: 0, max: 20 }));
const anyRules = fc
  .array(fc.record({ fromMs: anyBound, toMs: anyBound, ofTeam: fc.constantFrom(null, "a", "b") }))
  .map((rules) =>
    rules.map((rule, id): AllocationRule => ({ ...rule, id: `${id}`, conditions: [], assign: {} })),
  );

test("at every instant the rules are those in force, in their order, sorted by team", () => {
  fc.assert(
    fc.property(anyRules, fc.array(fc.integer({ min: -1, max: 21 })), (rules, instants) => {
      const rulesAt = findRulesInForce(rules);
      for (const atMs of instants) {
        const { general, ofTeam } = rulesAt(atMs);
        const inForce = rules.filter((rule) => isInForce(rule, atMs));
        const of = (team: string | null) => inForce.filter((rule) => rule.ofTeam === team);
        assert.deepEqual(general, of(null));
        for (const team of ["a", "b"]) assert.deepEqual(ofTeam.get(team) ?? [], of(team));
      }
    }),
  );
});
