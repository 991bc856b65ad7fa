import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  aggregate,
  logCall,
  modelCall,
  NOON_MS,
  point,
  tokens,
  toolCall,
} from "#lib/testing/usage-events.ts";
import { evidenceOf, isOutranked, mayBeOutranked, NO_EVIDENCE, scopesOf } from "./scopes.ts";

const named = { responseIds: ["r1"] };
const DAY_MS = 86_400_000;

describe("what an item proves", () => {
  const nothing = { tokens: null };
  const cases: [string, ReturnType<typeof evidenceOf>, ReturnType<typeof evidenceOf>][] = [
    ["a span with usage", evidenceOf(modelCall("a")), { ...NO_EVIDENCE, spanBlind: 1 }],
    ["with an id", evidenceOf(modelCall("a", named)), { ...NO_EVIDENCE, spanNamed: 1 }],
    ["a log", evidenceOf(logCall("a")), { ...NO_EVIDENCE, logBlind: 2 }],
    ["a log with an id", evidenceOf(logCall("a", named)), { ...NO_EVIDENCE, logNamed: 2 }],
    ["a tool call", evidenceOf(toolCall("a")), { ...NO_EVIDENCE, spanBlind: 1 }],
    ["a call without usage", evidenceOf(modelCall("a", nothing)), null],
    ["a call that used nothing", evidenceOf(modelCall("a", { tokens: tokens(0, 0) })), null],
    ["a point", evidenceOf(point("a", 1, 1)), null],
    ["an import", evidenceOf(modelCall("a", { signal: "import" })), null],
    ["an agent run", evidenceOf(modelCall("a", { kind: "agent_run" })), null],
  ];
  for (const [name, proof, expected] of cases) {
    test(name, () => assert.deepEqual(proof, expected));
  }
});

describe("what is outranked", () => {
  const span = (rank: number) => ({ ...NO_EVIDENCE, spanBlind: rank });
  const spanNamed = { ...NO_EVIDENCE, spanNamed: 1 };
  const log = { ...NO_EVIDENCE, logBlind: 1 };
  const call = modelCall("a", { rank: 2 });
  const cases: [string, Parameters<typeof isOutranked>, boolean][] = [
    ["a worse rank by a better one", [call, span(1)], true],
    ["an equal rank by none", [call, span(2)], false],
    ["a better rank by none", [modelCall("a"), span(2)], false],
    ["anything where nothing is proven", [call, NO_EVIDENCE], false],
    ["a point by anything", [point("a", 1, 1), span(9)], true],
    ["a point by a named log", [point("a", 1, 1), { ...NO_EVIDENCE, logNamed: 9 }], true],
    ["a point by nothing", [point("a", 1, 1), NO_EVIDENCE], false],
    ["a named item by named ones: their ids differ", [logCall("a", named), spanNamed], false],
    ["a named item by blind ones", [logCall("a", named), span(1)], true],
    ["a blind item by named ones", [logCall("a"), spanNamed], true],
    ["an aggregate by spans: the tree tells", [aggregate("a", { rank: 2 }), span(1)], false],
    ["an aggregate by logs", [aggregate("a", { rank: 2 }), log], true],
    ["a summing log by logs", [{ ...logCall("a"), witness: "aggregate" }, log], false],
    ["an import by anything", [{ ...call, signal: "import" }, span(1)], false],
  ];
  for (const [name, args, expected] of cases) {
    test(name, () => {
      assert.equal(isOutranked(...args), expected);
      if (expected) assert.equal(mayBeOutranked(args[0]), true, "it must have been asked for");
    });
  }
});

describe("the scopes of an item", () => {
  test("a session of its program judges it; it proves for its session and its service's day", () => {
    const { proves, judgedBy } = scopesOf(modelCall("a", { rank: 2 }), "s1", "key");
    assert.equal(proves.length, 2);
    assert.deepEqual(judgedBy, [proves[0]]);
  });

  test("without a session its service's day judges it", () => {
    const { proves, judgedBy } = scopesOf(modelCall("a", { rank: 2 }), undefined, "key");
    assert.equal(proves.length, 1);
    assert.deepEqual(judgedBy, proves);
  });

  test("one key's items say nothing about another's, nor model calls about tools", () => {
    const [a] = scopesOf(modelCall("a"), undefined, "key").proves;
    const [b] = scopesOf(modelCall("a"), undefined, "another").proves;
    const [c] = scopesOf(toolCall("a"), undefined, "key").proves;
    assert.equal(new Set([a, b, c]).size, 3);
  });

  test("what is the best itself is judged by nobody", () => {
    assert.deepEqual(scopesOf(modelCall("a"), "s1", "key").judgedBy, []);
  });

  test("a point is judged by every day that it covers, up to eight, and proves nothing", () => {
    const covering = (days: number) =>
      scopesOf(point("a", 0, 1, { startMs: NOON_MS - days * DAY_MS }), undefined, "key");
    assert.equal(covering(0).judgedBy.length, 1);
    assert.equal(covering(2).judgedBy.length, 3);
    assert.equal(covering(10_000).judgedBy.length, 8);
    assert.deepEqual(covering(2).proves, []);
    const [today] = scopesOf(modelCall("a"), undefined, "key").proves;
    assert.ok(covering(2).judgedBy.includes(today ?? ""));
    const future = scopesOf(point("a", 0, 1, { startMs: NOON_MS + DAY_MS }), undefined, "key");
    assert.equal(future.judgedBy.length, 1);
  });

  test("an import stands by itself", () => {
    const imported = modelCall("a", { signal: "import" });
    assert.deepEqual(scopesOf(imported, "s1", "key"), { proves: [], judgedBy: [] });
  });
});
