import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  aggregate,
  logCall,
  modelCall,
  NOON_MS,
  node,
  outcomes,
  point,
  tokens,
  toolCall,
  verdicts,
} from "#lib/testing/usage-events.ts";
import type { TraceNode, UsageEvent } from "#lib/usage/usage-event.ts";

type Case = {
  readonly rule: string;
  readonly events: readonly UsageEvent[];
  readonly nodes?: readonly TraceNode[];
  readonly expected: Readonly<Record<string, string>>;
};

const s1 = { identityOf: { session: "s1" } };
const s2 = { identityOf: { session: "s2" } };
const claude = { family: "claude-code", service: "claude-code" };
const failed = { status: "error", tokens: tokens(0, 0) } as const;

/** The rules of DIALECTS 0.2, by their numbers; that which counts, and why the others do not. */
const RULES: readonly Case[] = [
  {
    rule: "2 single calls count each, whatever their operation",
    events: [modelCall("chat"), modelCall("embed", { operation: "embeddings" }), toolCall("tool")],
    expected: { chat: "counts", embed: "counts", tool: "counts" },
  },
  {
    rule: "3 the same response id on span and log is one call",
    events: [
      modelCall("span", { responseIds: ["r"], ...s1 }),
      logCall("log", { responseIds: ["r"], ...s1 }),
    ],
    expected: { span: "counts", log: "same_call" },
  },
  {
    rule: "3 a nested call with equal totals is one call, the innermost counts",
    events: [modelCall("outer"), modelCall("inner", { under: "outer" })],
    expected: { outer: "nested_call", inner: "counts" },
  },
  {
    rule: "4 an aggregate counts only where no call with usage is under it",
    events: [
      aggregate("agent"),
      modelCall("call", { under: "agent" }),
      aggregate("lonely", { under: "elsewhere" }),
      modelCall("silent", { under: "lonely", tokens: null }),
    ],
    nodes: [node("elsewhere", null)],
    expected: {
      agent: "aggregate_of_calls",
      call: "counts",
      lonely: "counts",
      silent: "counts",
    },
  },
  {
    rule: "5 spans of a session take the place of its logs and metrics",
    events: [
      modelCall("span", { ...claude, ...s1 }),
      logCall("log", { ...claude, ...s1 }),
      point("metric", 10, 5, { ...claude, ...s1 }),
    ],
    expected: { span: "counts", log: "better_signal", metric: "better_signal" },
  },
  {
    rule: "5 one session's spans say nothing of another's logs",
    events: [modelCall("span", { ...claude, ...s1 }), logCall("log", { ...claude, ...s2 })],
    expected: { span: "counts", log: "counts" },
  },
  {
    rule: "5 metrics alone count",
    events: [point("a", 10, 5), point("b", 20, 8)],
    expected: { a: "counts", b: "counts" },
  },
  {
    rule: "5 metrics of a service that sends spans do not count",
    events: [modelCall("span"), point("metric", 10, 5)],
    expected: { span: "counts", metric: "better_signal" },
  },
  {
    rule: "5 tool calls say nothing of model calls",
    events: [toolCall("tool", s1), logCall("log", s1)],
    expected: { tool: "counts", log: "counts" },
  },
  {
    rule: "5 a span without usage takes nothing's place",
    events: [
      modelCall("span", { ...claude, ...s1, tokens: null }),
      logCall("log", { ...claude, ...s1 }),
    ],
    expected: { span: "counts", log: "counts" },
  },
  {
    rule: "6 failed attempts stay, each by itself",
    events: [modelCall("first", failed), modelCall("second", failed), modelCall("third")],
    expected: { first: "counts", second: "counts", third: "counts" },
  },
  {
    rule: "6 missing usage is a call",
    events: [modelCall("cut off", { tokens: null, flags: ["usage_missing"] })],
    expected: { "cut off": "counts" },
  },
  {
    rule: "a point that adds nothing does not count",
    events: [point("a", 10, 5), point("b", 20, 5)],
    expected: { a: "counts", b: "no_increase" },
  },
  {
    rule: "differences are added as they come",
    events: [point("a", 10, 5, { delta: true }), point("b", 20, 5, { delta: true })],
    expected: { a: "counts", b: "counts" },
  },
];

describe("the rules of counting", () => {
  for (const { rule, events, nodes = [], expected } of RULES) {
    test(rule, () => assert.deepEqual(verdicts(events, nodes), expected));
  }

  test("no rule depends on the order of arrival", () => {
    for (const { rule, events, nodes = [], expected } of RULES) {
      fc.assert(
        fc.property(fc.shuffledSubarray([...events], { minLength: events.length }), (shuffled) => {
          assert.deepEqual(verdicts(shuffled, nodes.toReversed()), expected, rule);
        }),
        { numRuns: 10 },
      );
    }
  });
});

test("session, model and provider are inherited, and only by what lacks them", () => {
  const above = { ...node("root", null, { session: "s1" }), provider: "openai", model: "gpt-5.5" };
  const found = outcomes(
    [
      modelCall("call", { under: "root", provider: null, model: null }),
      toolCall("tool", { under: "root" }),
    ],
    [above],
  );
  const call = found.get("call");
  assert.deepEqual([call?.provider, call?.model], ["openai", "gpt-5.5"]);
  assert.equal(call?.identity.session, "s1");
  assert.equal(found.get("tool")?.model, null);
});

/** A request over HTTP below `under`, at its nth try. */
const request = (name: string, under: string, attempt?: number): TraceNode => ({
  ...node(name, under),
  ...(attempt === undefined ? {} : { attempt }),
});

/** Which try each event is taken for; null where nobody says. */
const TRIES: readonly (readonly [
  string,
  readonly UsageEvent[],
  readonly TraceNode[],
  Readonly<Record<string, number | null>>,
])[] = [
  [
    "the last request below a call tells",
    [modelCall("call")],
    [request("one", "call"), request("three", "call", 3), request("two", "call", 2)],
    { call: 3 },
  ],
  [
    "also with a client's span between",
    [modelCall("call")],
    [request("client", "call"), request("two", "client", 2)],
    { call: 2 },
  ],
  [
    "of the nearest call alone",
    [modelCall("outer", { tokens: tokens(9, 9) }), modelCall("inner", { under: "outer" })],
    [request("two", "inner", 2)],
    { outer: null, inner: 2 },
  ],
  [
    "a tool's requests are not those of the call around it",
    [modelCall("call"), toolCall("tool", { under: "call" })],
    [request("two", "tool", 2)],
    { call: null, tool: null },
  ],
  [
    "of an agent's run not even the sum of its calls",
    [aggregate("agent")],
    [request("two", "agent", 2)],
    { agent: null },
  ],
  [
    "what counts takes the most that any item of the call says",
    [modelCall("outer", { attempt: 4 }), modelCall("inner", { under: "outer", attempt: 2 })],
    [request("three", "inner", 3)],
    { outer: 4, inner: 4 },
  ],
  [
    "a request without its call tells of none",
    [modelCall("call")],
    [request("two", "?", 2)],
    { call: null },
  ],
];

describe("the tries of a call", () => {
  for (const [rule, events, nodes, expected] of TRIES) {
    test(rule, () => {
      const tried = [...outcomes(events, nodes)].map(([name, { attempt }]) => [name, attempt]);
      assert.deepEqual(Object.fromEntries(tried), expected);
    });
  }

  test("are not looked for through endless spans", () => {
    const chain = Array.from({ length: 50 }, (_, i) =>
      request(`${i}`, i === 0 ? "call" : `${i - 1}`, i === 49 ? 2 : undefined),
    );
    assert.equal(outcomes([modelCall("call")], chain).get("call")?.attempt, null);
  });
});

test("a session that only the root names makes its spans outrank the session's logs", () => {
  const found = verdicts(
    [
      modelCall("span", { ...claude, under: "root" }),
      logCall("log", { ...claude, ...s1, startedAtMs: NOON_MS + 50_000_000 }),
    ],
    [node("root", null, { session: "s1" })],
  );
  assert.equal(found.log, "better_signal");
});

/** Any small world: calls, sums and logs in a few places of two traces. */
const worlds = fc.array(
  fc.record({
    make: fc.constantFrom(modelCall, toolCall, aggregate, logCall),
    under: fc.option(fc.nat(5), { nil: undefined }),
    input: fc.constantFrom(0, 10, 20),
    rank: fc.constantFrom(1, 2, 3),
    response: fc.option(fc.constantFrom("r1", "r2"), { nil: undefined }),
    session: fc.option(fc.constantFrom("s1", "s2"), { nil: undefined }),
    trace: fc.constantFrom("a", "b"),
    startS: fc.nat(5),
  }),
  { minLength: 1, maxLength: 6 },
);

test("of anything, in any order, the same counts, and every repeat names one that stands for it", () => {
  fc.assert(
    fc.property(worlds, fc.infiniteStream(fc.nat()), (world, dice) => {
      const events = world.map(({ make, ...told }, i) =>
        make(`${i}`, {
          ...(told.under === undefined ? {} : { under: `${told.under}` }),
          ...(make === logCall ? {} : { traceId: told.trace.repeat(32) }),
          tokens: make === toolCall ? null : tokens(told.input, 1),
          rank: told.rank,
          responseIds: told.response === undefined ? [] : [told.response],
          identityOf: told.session === undefined ? {} : { session: told.session },
          startedAtMs: NOON_MS + told.startS * 1_000,
        }),
      );
      const shuffled = events
        .map((event) => ({ event, at: dice.next().value }))
        .sort((a, b) => a.at - b.at)
        .map(({ event }) => event);
      const found = outcomes(events);
      assert.deepEqual(Object.fromEntries(outcomes(shuffled)), Object.fromEntries(found));
      assert.equal(found.size, events.length);
      for (const [name, { because, twinOf }] of found) {
        if (because === "same_call" || because === "nested_call") assert.ok(twinOf, name);
      }
    }),
    { numRuns: 500 },
  );
});
