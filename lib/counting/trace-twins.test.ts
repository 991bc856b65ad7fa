import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import {
  hexId,
  modelCall,
  NOON_MS,
  type Told,
  tokens,
  verdicts,
} from "#lib/testing/usage-events.ts";
import { MOST_ALIKE } from "./trace-twins.ts";

const USAGE = tokens(3_780, 65, { cache_read: 1_045, cache_write_5m: 2_045, cache_write_1h: 545 });

/** A call as the provider's client tells of it, in a trace of its own. */
function client(name: string, told: Told = {}) {
  return call(name, { responseIds: [`msg_${name}`] }, "com.anthropic.sdk.python", told);
}

/** A stream as LangChain tells of it: without an id, and without the lifetime of what was written. */
function chain(name: string, told: Told = {}) {
  const usage = tokens(3_780, 65, { cache_read: 1_045, cache_write_5m: 2_590 });
  const more = { tokens: usage, startedAtMs: NOON_MS - 20, durationMs: 1_030 };
  return call(name, more, "openinference.instrumentation.langchain", told);
}

function call(name: string, own: Told, scope: string, told: Told) {
  return modelCall(name, {
    traceId: hexId(`trace of ${name}`, 32),
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    tokens: USAGE,
    ...own,
    ...told,
    attributes: { "otel.scope.name": scope, "process.pid": "7", ...told.attributes },
  });
}

const countedOf = (events: readonly ReturnType<typeof modelCall>[]) =>
  Object.entries(verdicts(events)).flatMap(([name, verdict]) =>
    verdict === "counts" ? [name] : [],
  );

describe("a call that a framework and the provider's client tell of in two traces", () => {
  test("is one, and the client's account counts", () => {
    assert.deepEqual(verdicts([chain("chain"), client("sdk")]), {
      chain: "same_call",
      sdk: "counts",
    });
  });

  test("is one also across the pieces of time that it is looked for in", () => {
    const minute = Math.ceil(NOON_MS / 60_000) * 60_000;
    const early = chain("chain", { startedAtMs: minute - 5 });
    assert.deepEqual(countedOf([early, client("sdk", { startedAtMs: minute + 5 })]), ["sdk"]);
  });

  const others: Readonly<Record<string, Told>> = {
    "with an id": { responseIds: ["msg_9"] },
    "with another output": { tokens: { ...USAGE, output: 66 } },
    "that splits its input otherwise": { tokens: tokens(7_415, 65) },
    "of another model": { model: "claude-opus-5-5" },
    "of another provider": { provider: "aws.bedrock" },
    "of another service": { service: "search" },
    "of a service without a name": { service: "unknown_service:python" },
    "that starts at another time": { startedAtMs: NOON_MS - 1_001, durationMs: 2_001 },
    "that ends at another time": { durationMs: 2_100 },
    "of another session": { identityOf: { session: "b" } },
    "of another person": { identityOf: { user: "ben" } },
    "of another process": { attributes: { "process.pid": "8" } },
    "that failed": { status: "error" },
    "of a client's instrumentation too": {
      attributes: { "otel.scope.name": "opentelemetry.instrumentation.anthropic" },
    },
    "of no named scope": { attributes: { "otel.scope.name": "" } },
  };
  for (const [how, told] of Object.entries(others)) {
    test(`a call ${how} is another call`, () => {
      const sdk = client("sdk", { identityOf: { session: "a", user: "ana" } });
      assert.equal(countedOf([chain("other", told), sdk]).length, 2);
    });
  }

  test("a client's call below a span of the program is another call: there both would be in one trace", () => {
    assert.equal(countedOf([chain("chain"), client("sdk", { under: "request" })]).length, 2);
  });

  test("two of one framework are never one, whatever they are alike in", () => {
    assert.equal(countedOf([chain("a"), chain("b"), client("sdk")]).length, 2);
    assert.equal(countedOf([chain("a"), chain("b")]).length, 2);
    assert.equal(countedOf([client("a"), client("b")]).length, 2);
  });

  test("what the framework tells of in the client's own trace takes no second call", () => {
    const sdk = client("sdk");
    const { traceId } = sdk;
    assert.equal(countedOf([sdk, chain("in trace", { traceId }), chain("other")]).length, 2);
  });

  test("nothing is joined where more look alike than anybody could tell apart", () => {
    const many = Array.from({ length: MOST_ALIKE }, (_, i) => client(`sdk ${i}`));
    assert.equal(countedOf([...many, chain("chain")]).length, MOST_ALIKE + 1);
  });
});

test("never fewer calls than either instrumentation saw, and no twin left of calls that both saw", () => {
  const at = fc.record({ ms: fc.nat(4_000), both: fc.boolean() });
  fc.assert(
    fc.property(fc.array(at, { maxLength: 8 }), fc.nat(3), (calls, alone) => {
      const clients = calls.map(({ ms }, i) => client(`sdk ${i}`, { startedAtMs: NOON_MS + ms }));
      const chains = calls.flatMap(({ ms, both }, i) =>
        both ? [chain(`chain ${i}`, { startedAtMs: NOON_MS + ms - 5, durationMs: 1_010 })] : [],
      );
      assert.equal(countedOf([...clients, ...chains]).length, clients.length);
      const strangers = Array.from({ length: alone }, (_, i) =>
        chain(`far ${i}`, { startedAtMs: NOON_MS + 20_000 + i }),
      );
      assert.equal(
        countedOf([...clients, ...chains, ...strangers]).length,
        clients.length + strangers.length,
      );
    }),
  );
});
