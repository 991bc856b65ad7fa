import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { retainedAttributes } from "../retained-attributes.ts";
import { amount, count, texts, truth } from "./attributes.ts";
import { identityOf } from "./identity.ts";
import { normaliseSpans } from "./normalise.ts";
import { providerOf } from "./provider.ts";
import { aSpan } from "./testing-items.ts";
import { EXCLUSIVE, GEMINI_RAW, INCLUSIVE, normaliseTokens } from "./tokens.ts";

const map = (values: object) => new Map(Object.entries(values));

describe("counts", () => {
  test("arrive in every shape", () => {
    const shapes = ["1730", 1730, 1730.0, 1730n, " 1730 "];
    for (const shape of shapes) assert.equal(count(map({ n: shape }), "n"), 1730);
    for (const shape of ["", "NaN", Number.NaN, null])
      assert.equal(count(map({ n: shape }), "n"), null);
    for (const shape of [-1, 1.5, "many", true, 2e12, Number.POSITIVE_INFINITY, []]) {
      assert.equal(count(map({ n: shape }), "n"), "invalid");
    }
  });

  test("the first readable of several keys counts", () => {
    assert.equal(count(map({ a: null, b: -2, c: 3 }), "a", "b", "c"), 3);
    assert.equal(count(map({ a: null, b: -2 }), "a", "b", "c"), "invalid");
  });
});

test("amounts become plain decimals", () => {
  const shapes = { "1.2e-7": "0.00000012", "0.014535": "0.014535", "12": "12", "1.50": "1.5" };
  for (const [given, plain] of Object.entries(shapes)) {
    assert.equal(amount(map({ cost: given }), "cost"), plain);
  }
  assert.equal(amount(map({ cost: 2.5e21 }), "cost"), "2500000000000000000000");
  assert.equal(amount(map({ cost: -1 }), "cost"), null);
});

test("lists and truths arrive as text too", () => {
  assert.deepEqual(texts(map({ reasons: '["stop"]' }), "reasons"), ["stop"]);
  assert.deepEqual(texts(map({ reasons: "stop" }), "reasons"), ["stop"]);
  assert.equal(truth(map({ streaming: "False" }), "streaming"), false);
});

describe("tokens", () => {
  const cached = { input: 100, output: 10, cacheRead: 60, cacheWrite: 30 };

  test("follow the convention", () => {
    assert.equal(normaliseTokens(cached, INCLUSIVE).tokens?.input_uncached, 10);
    assert.equal(normaliseTokens(cached, EXCLUSIVE).tokens?.input_uncached, 100);
  });

  test("follow the numbers where these contradict it", () => {
    const usage = normaliseTokens({ ...cached, cacheRead: 90 }, INCLUSIVE);
    assert.equal(usage.tokens?.input_uncached, 100);
    assert.ok(usage.flags.includes("inferred_exclusive"));
    const thinking = normaliseTokens({ input: 5, output: 10, reasoning: 40 }, INCLUSIVE);
    assert.equal(thinking.tokens?.output, 50);
  });

  test("a vendor's total tells whether thoughts are on top", () => {
    const raw = { input: 100, output: 50, reasoning: 20 };
    assert.equal(normaliseTokens({ ...raw, vendorTotal: 150 }, GEMINI_RAW).tokens?.output, 50);
    assert.equal(normaliseTokens({ ...raw, vendorTotal: 170 }, INCLUSIVE).tokens?.output, 70);
  });

  test("all zero is missing", () => {
    assert.equal(normaliseTokens({ input: 0, output: 0 }, INCLUSIVE).tokens, null);
  });

  test("nothing is lost or made up: classes add up to what was reported", () => {
    const counted = fc.integer({ min: 0, max: 1e9 });
    fc.assert(
      fc.property(counted, counted, counted, counted, (input, output, cacheRead, cacheWrite) => {
        const { tokens } = normaliseTokens({ input, output, cacheRead, cacheWrite }, INCLUSIVE);
        const { input_uncached = 0, cache_read = 0, cache_write_5m = 0 } = tokens ?? {};
        const isInside = cacheRead + cacheWrite <= input;
        const total = isInside ? input : input + cacheRead + cacheWrite;
        assert.equal(input_uncached + cache_read + cache_write_5m, total);
        assert.equal(tokens?.output ?? 0, output);
      }),
    );
  });
});

describe("providers", () => {
  const cases: readonly (readonly [Parameters<typeof providerOf>[0], string | null])[] = [
    [{ named: ["az.ai.openai"] }, "azure.ai.openai"],
    [{ named: ["google.generative-ai"] }, "gcp.gemini"],
    [{ named: ["google.vertex.chat"] }, "gcp.vertex_ai"],
    [{ named: ["anthropic.messages"] }, "anthropic"],
    [{ named: ["AWS"] }, "aws.bedrock"],
    [{ named: ["xai"] }, "x_ai"],
    [{ named: ["mistralai"] }, "mistral_ai"],
    [{ named: ["openai"], host: "acme-eu.openai.azure.com" }, "azure.ai.openai"],
    [{ named: ["openai"], host: "http://litellm.internal:4000/" }, "openai"],
    [{ named: ["crewai"], models: ["gpt-5.4"] }, "openai"],
    [{ named: ["strands-agents"], models: ["us.anthropic.claude-opus-5-v1:0"] }, "aws.bedrock"],
    [{ named: ["spring_ai"], models: ["gemini-2.5-flash"] }, "gcp.gemini"],
    [{ models: ["openrouter/anthropic/claude-opus-5"] }, "openrouter"],
    [{ named: ["our-gateway"], models: ["gpt-5.4"] }, "our-gateway"],
    [{ models: ["house-model-2"] }, null],
  ];
  for (const [hints, provider] of cases) {
    test(JSON.stringify(hints), () => assert.equal(providerOf(hints), provider));
  }
});

test("identity: the item before the resource, metadata as attributes, no placeholders", () => {
  const item = map({
    metadata: '{"team":"cx","user_id":"u-1"}',
    "session.id": "[Scrubbed due to 'session']",
    "traceloop.association.properties.session_id": "chat-1",
  });
  const resource = map({
    "user.id": "host-user",
    "session.id": "window",
    "deployment.environment": "prod",
  });
  assert.deepEqual(identityOf(item, resource), {
    session: "chat-1",
    user: "u-1",
    environment: "prod",
  });
});

test("retained attributes hold what allocates and nothing that was said", () => {
  const kept = retainedAttributes(
    map({
      "team.id": "payments",
      metadata: '{"team":"cx"}',
      "metadata.user_api_key_team_id": "t-42",
      "metadata.user_api_key_hash": "88dc",
      "gen_ai.input.messages": "hello",
      "gen_ai.tool.call.arguments": "{}",
      "ai.request.headers.authorization": "Bearer x",
      "ai.prompt": "hi",
      "ai.toolCall.args": "{}",
      tool_parameters: "{}",
      full_command: "rm",
      "input.value": "x",
      "custom.token": "sk-live-123",
      "custom.long": "x".repeat(257),
      "custom.nul": "a\u0000b",
    }),
    map({ "service.namespace": "finance", "team.id": "core", "process.command": "node x" }),
  );
  assert.deepEqual(kept, {
    "service.namespace": "finance",
    "team.id": "payments",
    "metadata.team": "cx",
    "metadata.user_api_key_team_id": "t-42",
    "custom.nul": "ab",
  });
});

test("at most 64 attributes stay, those that allocate first", () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`x.${at}`, at]));
  const kept = retainedAttributes(map({ ...many, "team.id": "core" }));
  assert.equal(Object.keys(kept).length, 64);
  assert.equal(kept["team.id"], "core");
});

test("no span, however odd, breaks the reading", () => {
  const value = fc.oneof(
    fc.string(),
    fc.double(),
    fc.bigInt(),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
    fc.json(),
  );
  const key = fc.constantFrom(
    "gen_ai.operation.name",
    "gen_ai.usage.input_tokens",
    "gen_ai.usage.output_tokens",
    "gen_ai.usage.cache_read.input_tokens",
    "gen_ai.usage.reasoning_tokens",
    "gen_ai.response.model",
    "openinference.span.kind",
    "llm.token_count.prompt",
    "output.value",
    "ai.operationId",
    "ai.usage.inputTokens",
    "ai.response.providerMetadata",
    "langsmith.span.kind",
    "gen_ai.usage.input_token_details",
    "genkit:metadata:subtype",
    "genkit:output",
    "genkit:name",
    "mastra.span.type",
    "metadata",
    "usage.total_tokens",
  );
  const scopeName = fc.constantFrom(
    "ai",
    "gen_ai",
    "gcp.vertex.agent",
    "litellm",
    "pydantic-ai",
    "x",
  );
  const name = fc.constantFrom("chat m", "call_llm", "litellm_request", "agent run", "");
  fc.assert(
    fc.property(fc.dictionary(key, value), scopeName, name, (attributes, scope, spanName) => {
      const span = aSpan({ scopeName: scope, name: spanName }, attributes);
      const { events, nodes } = normaliseSpans([span]);
      assert.equal(events.length + nodes.length, 1);
      for (const { tokens, model, tool } of events) {
        for (const part of Object.values(tokens ?? {})) {
          assert.ok(Number.isSafeInteger(part) && part >= 0);
        }
        assert.ok(!`${model}${tool}`.includes("\u0000"));
      }
    }),
  );
});

describe("usage of which only half is told", () => {
  const call = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-5.5" };
  const flagsOf = (more: Record<string, number | string>) =>
    normaliseSpans([aSpan({}, { ...call, ...more })]).events.flatMap(({ flags }) =>
      flags.filter((flag) => flag !== "cache_unreported"),
    );
  const input = "gen_ai.usage.input_tokens";
  const output = "gen_ai.usage.output_tokens";

  test("is marked, whichever half is missing", () => {
    assert.deepEqual(flagsOf({ [output]: 12 }), ["usage_incomplete"]);
    assert.deepEqual(flagsOf({ [input]: Number.NaN, [output]: 12 }), ["usage_incomplete"]);
    assert.deepEqual(flagsOf({ [input]: -1, [output]: 12 }), ["invalid_usage", "usage_incomplete"]);
    assert.deepEqual(flagsOf({ [input]: 12 }), ["usage_incomplete"]);
  });

  test("is not where both are told, where there is no answer to tell of, or none at all", () => {
    assert.deepEqual(flagsOf({ [input]: 12, [output]: 3 }), []);
    assert.deepEqual(flagsOf({ [input]: 12, [output]: 0 }), []);
    assert.deepEqual(flagsOf({ [input]: 12, "gen_ai.operation.name": "embeddings" }), []);
    assert.deepEqual(flagsOf({ [input]: 12, "error.type": "timeout" }), []);
    assert.deepEqual(flagsOf({}), ["usage_missing"]);
  });
});
