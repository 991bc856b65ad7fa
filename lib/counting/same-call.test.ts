import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertGrowsWithEvents } from "#lib/testing/steps.ts";
import {
  aggregate,
  logCall,
  modelCall,
  NOON_MS,
  node,
  outcomes,
  tokens,
  toolCall,
  verdicts,
} from "#lib/testing/usage-events.ts";

const OTHER_TRACE = "b".repeat(32);
const id = (...responseIds: string[]) => ({ responseIds });

describe("calls that share a response id", () => {
  test("the richest token split counts, then the better rank, then the innermost", () => {
    const split = tokens(40, 10, { cache_read: 60 });
    assert.deepEqual(
      verdicts([
        modelCall("plain", id("r1")),
        modelCall("split", { ...id("r1"), tokens: split, rank: 2 }),
      ]),
      { plain: "same_call", split: "counts" },
    );
    assert.deepEqual(
      verdicts([modelCall("rank 2", { ...id("r1"), rank: 2 }), modelCall("rank 1", id("r1"))]),
      { "rank 2": "same_call", "rank 1": "counts" },
    );
    assert.deepEqual(
      verdicts([modelCall("outer", id("r1")), modelCall("inner", { ...id("r1"), under: "outer" })]),
      { outer: "same_call", inner: "counts" },
    );
  });

  test("what counts takes identity, tool, cost and tier from the others", () => {
    const found = outcomes([
      modelCall("client", { ...id("r1"), identityOf: { user: "ann", agent: "far" } }),
      modelCall("gateway", {
        ...id("r1", "req1"),
        under: "client",
        identityOf: { agent: "near" },
        tier: "flex",
        reportedCost: "0.5",
        units: { web_search: 2 },
        flags: ["assumed_ttl"],
      }),
    ]);
    const winner = found.get("client");
    assert.equal(winner?.counted, true);
    assert.deepEqual(winner?.identity, { user: "ann", agent: "far" });
    assert.equal(winner?.tier, "flex");
    assert.equal(winner?.reportedCost, "0.5");
    assert.deepEqual(winner?.units, { web_search: 2 });
    assert.notEqual(found.get("gateway")?.twinOf, null);
  });

  test("a gateway names the model that answers to its alias, and who is billed for it", () => {
    const proxy = {
      ...id("r1"),
      dialect: "litellm",
      under: "client",
      tokens: tokens(100, 10),
    } as const;
    const client = modelCall("client", {
      ...id("r1"),
      model: "our-smart-model",
      tokens: tokens(40, 10, { cache_read: 60 }),
    });
    const told = { provider: "anthropic", model: "claude-sonnet-5" };
    const found = outcomes([
      client,
      modelCall("proxy", { ...proxy, ...told, requestModel: "our-smart-model" }),
    ]).get("client");
    assert.equal(found?.counted, true);
    assert.deepEqual([found?.provider, found?.model], ["anthropic", "claude-sonnet-5"]);
    const stranger = outcomes([
      client,
      modelCall("proxy", { ...proxy, ...told, requestModel: "another-alias" }),
    ]).get("client");
    assert.deepEqual([stranger?.provider, stranger?.model], ["openai", "our-smart-model"]);
  });

  test("client and gateway in two traces are one call while they overlap in time", () => {
    const gateway = (startedAtMs: number) =>
      modelCall("gateway", { ...id("r1"), traceId: OTHER_TRACE, startedAtMs });
    const client = modelCall("client", id("r1"));
    const count = (other: ReturnType<typeof gateway>) =>
      Object.values(verdicts([client, other])).filter((verdict) => verdict === "counts").length;
    assert.equal(count(gateway(NOON_MS + 500)), 1);
    assert.equal(count(gateway(NOON_MS + 2_900)), 1);
    assert.equal(count(gateway(NOON_MS + 60_000)), 2);
  });

  test("a session joins a log to its span at any time, but spans only where they overlap", () => {
    const inSession = { ...id("r1"), identityOf: { session: "s" } };
    const later = NOON_MS + 8_000;
    assert.deepEqual(
      verdicts([
        modelCall("span", inSession),
        logCall("log", { ...inSession, startedAtMs: later, rank: 1 }),
      ]),
      { span: "counts", log: "same_call" },
    );
    assert.deepEqual(
      verdicts([
        modelCall("span", inSession),
        modelCall("later", { ...inSession, traceId: OTHER_TRACE, startedAtMs: later }),
      ]),
      { span: "counts", later: "counts" },
    );
  });

  test("two ids chain three items into one call", () => {
    const found = verdicts([
      modelCall("a", id("r1")),
      modelCall("b", id("r1", "q1")),
      logCall("c", { ...id("q1"), rank: 1 }),
    ]);
    assert.equal(Object.values(found).filter((verdict) => verdict === "counts").length, 1);
  });

  test("however many items of one id are one call, and none is compared with every other", () => {
    const ofOneId = (count: number) =>
      Array.from({ length: count }, (_, i) => modelCall(`c${i}`, id("r1")));
    assertGrowsWithEvents(ofOneId, (items) => {
      const found = Object.values(verdicts(items));
      assert.equal(found.filter((verdict) => verdict === "counts").length, 1);
    });
  });
});

describe("calls inside one another", () => {
  const pair = (outer: object, inner: object) =>
    verdicts(
      [modelCall("outer", outer), modelCall("inner", { under: "step", ...inner })],
      [node("step", "outer")],
    );
  const ONE = { outer: "nested_call", inner: "counts" };
  const TWO = { outer: "counts", inner: "counts" };

  test("with equal tokens they are one, however finely split", () => {
    assert.deepEqual(pair({}, {}), ONE);
    assert.deepEqual(pair({}, { tokens: tokens(30, 10, { cache_read: 70 }) }), ONE);
    assert.deepEqual(pair({ tokens: null }, {}), ONE);
  });

  test("with different tokens they are two", () => {
    assert.deepEqual(pair({}, { tokens: tokens(100, 11) }), TWO);
    assert.deepEqual(pair({}, { tokens: tokens(101, 10) }), TWO);
    assert.deepEqual(pair({}, { tokens: null }), TWO);
  });

  test("a gateway's own response id does not part equal usage", () => {
    assert.deepEqual(pair(id("chatcmpl-1"), id("msg_1")), ONE);
    assert.deepEqual(
      pair(id("chatcmpl-1"), { ...id("msg_1"), tokens: tokens(10, 10, { cache_write_5m: 90 }) }),
      ONE,
    );
  });

  test("different ids part what shows no usage, or other usage", () => {
    assert.deepEqual(pair({ ...id("a"), tokens: null }, id("b")), TWO);
    assert.deepEqual(pair({ ...id("a"), tokens: null }, { ...id("b"), tokens: null }), TWO);
    const nothing = { tokens: tokens(0, 0) };
    assert.deepEqual(pair({ ...id("a"), ...nothing }, { ...id("b"), ...nothing }), TWO);
    assert.deepEqual(pair(id("a"), { ...id("b"), tokens: tokens(1, 1) }), TWO);
  });

  test("a call below a tool below a call is another call", () => {
    assert.deepEqual(
      verdicts([
        modelCall("outer"),
        toolCall("tool", { under: "outer" }),
        modelCall("inner", { under: "tool" }),
      ]),
      { outer: "counts", tool: "counts", inner: "counts" },
    );
  });

  test("an agent between two calls parts them", () => {
    assert.deepEqual(
      verdicts([
        modelCall("outer"),
        aggregate("agent", { under: "outer" }),
        modelCall("inner", { under: "agent" }),
      ]),
      { outer: "counts", agent: "aggregate_of_calls", inner: "counts" },
    );
  });

  test("20,000 levels of one call are one call, and no level climbs all above it", () => {
    const levels = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        modelCall(`c${i}`, i === 0 ? {} : { under: `c${i - 1}` }),
      );
    assertGrowsWithEvents(levels, outcomes);
    const counted = [...outcomes(levels(20_000))].filter(([, { counted: counts }]) => counts);
    assert.deepEqual(
      counted.map(([name]) => name),
      ["c19999"],
    );
  });
});

describe("tool calls", () => {
  test("one name inside the other is one call, and the agent's own span counts", () => {
    assert.deepEqual(verdicts([toolCall("agent"), toolCall("mcp", { under: "agent" })]), {
      agent: "counts",
      mcp: "nested_call",
    });
    assert.deepEqual(
      verdicts([toolCall("agent"), toolCall("mcp", { under: "agent", tool: "fetch" })]),
      { agent: "counts", mcp: "counts" },
    );
    assert.deepEqual(
      verdicts([
        toolCall("agent", { toolCallId: "1" }),
        toolCall("mcp", { under: "agent", toolCallId: "2" }),
      ]),
      { agent: "counts", mcp: "counts" },
    );
  });

  test("an id names a call within its trace or session only", () => {
    const one = { toolCallId: "call_1" };
    assert.deepEqual(verdicts([toolCall("a", one), toolCall("b", { ...one, rank: 2 })]), {
      a: "counts",
      b: "same_call",
    });
    assert.deepEqual(
      verdicts([toolCall("a", one), toolCall("b", { ...one, traceId: OTHER_TRACE })]),
      { a: "counts", b: "counts" },
    );
    const session = { ...one, identityOf: { session: "s" } };
    assert.deepEqual(
      verdicts([
        toolCall("a", { ...session, status: "rejected" }),
        toolCall("b", { ...session, traceId: OTHER_TRACE, rank: 2 }),
      ]),
      { a: "same_call", b: "counts" },
    );
  });
});

describe("half of the usage", () => {
  const half = { flags: ["usage_incomplete"], tokens: tokens(0, 10) } as const;

  test("gives way to the whole, by id and by nesting", () => {
    assert.deepEqual(
      verdicts([
        modelCall("half", { ...half, ...id("r1") }),
        modelCall("whole", { ...id("r1"), traceId: OTHER_TRACE }),
      ]),
      { half: "same_call", whole: "counts" },
    );
    assert.deepEqual(verdicts([modelCall("half", half), modelCall("whole", { under: "half" })]), {
      half: "nested_call",
      whole: "counts",
    });
  });

  test("is another call where the half that is told differs", () => {
    const other = { ...half, tokens: tokens(0, 11) };
    assert.deepEqual(verdicts([modelCall("half", other), modelCall("whole", { under: "half" })]), {
      half: "counts",
      whole: "counts",
    });
  });
});
