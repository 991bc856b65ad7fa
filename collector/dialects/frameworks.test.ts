import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { AttributeValue, Span } from "../otlp/model.ts";
import { normaliseLogs, normaliseSpans } from "./normalise.ts";
import { aRecord, aSpan } from "./testing-items.ts";

/** The one event of a span; frameworks that no fixture covers are read through the whole order. */
function read(
  given: Partial<Omit<Span, "attributes">> & { scopeName?: string },
  attributes: Readonly<Record<string, AttributeValue>>,
): UsageEvent {
  const { events } = normaliseSpans([aSpan(given, attributes)]);
  assert.equal(events.length, 1);
  return events[0] as UsageEvent;
}

function isNode(given: { name?: string; scopeName?: string }, attributes: object): void {
  const { events, nodes } = normaliseSpans([aSpan(given, attributes as never)]);
  assert.deepEqual([events.length, nodes.length], [0, 1]);
}

describe("LangSmith", () => {
  const llm = {
    "langsmith.span.kind": "llm",
    "gen_ai.system": "anthropic",
    "gen_ai.request.model": "claude-sonnet-5",
    "gen_ai.usage.input_tokens": 5000,
    "gen_ai.usage.output_tokens": 100,
  };

  test("finds the cache writes that LangChain counts as zero when it knows their lifetime", () => {
    const event = read(
      { scopeName: "langsmith" },
      {
        ...llm,
        "gen_ai.usage.input_token_details":
          '{"cache_read":3000,"cache_creation":0,"ephemeral_5m_input_tokens":400,"ephemeral_1h_input_tokens":600}',
      },
    );
    assert.deepEqual(event.tokens, {
      input_uncached: 1000,
      cache_read: 3000,
      cache_write_5m: 400,
      cache_write_1h: 600,
      output: 100,
      reasoning: 0,
    });
    assert.deepEqual(event.flags, []);
  });

  test("takes the served tier from the prefix of the details", () => {
    const details = { "gen_ai.usage.input_token_details": '{"flex_cache_read":1024,"flex":3976}' };
    const event = read({ scopeName: "langsmith" }, { ...llm, ...details });
    assert.equal(event.tier, "flex");
    assert.equal(event.tokens?.cache_read, 1024);
  });

  test("a chain that repeats usage is an aggregate", () => {
    const event = read({ scopeName: "langsmith" }, { ...llm, "langsmith.span.kind": "chain" });
    assert.equal(event.witness, "aggregate");
    assert.equal(event.calls, 0);
  });
});

describe("Logfire", () => {
  const partial = {
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "claude-opus-5",
    "gen_ai.usage.partial.input_tokens": 12,
    "gen_ai.usage.partial.output_tokens": 1,
  };

  test("partial usage of the Claude Agent SDK is no call", () => {
    isNode({ scopeName: "logfire.claude_agent_sdk", name: "chat claude-opus-5" }, partial);
  });

  test("raw usage tells the lifetime of cache writes", () => {
    const event = read(
      { scopeName: "logfire.anthropic", kind: 3, name: "Message with 'claude-opus-5'" },
      {
        "gen_ai.system": "anthropic",
        "gen_ai.response.model": "claude-opus-5",
        "gen_ai.usage.input_tokens": 900,
        "gen_ai.usage.output_tokens": 10,
        "gen_ai.usage.raw":
          '{"input_tokens":100,"cache_read_input_tokens":500,"cache_creation_input_tokens":300,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":300}}',
      },
    );
    assert.equal(event.tokens?.input_uncached, 100);
    assert.equal(event.tokens?.cache_write_1h, 300);
    assert.deepEqual(event.flags, []);
  });
});

describe("Microsoft", () => {
  const cached = {
    "gen_ai.operation.name": "chat",
    "gen_ai.usage.input_tokens": 5000,
    "gen_ai.usage.output_tokens": 50,
    "gen_ai.usage.cache_read.input_tokens": 4000,
  };

  test("Agent Framework passes Anthropic's numbers through, and adds OpenAI's cache", () => {
    const scope = { scopeName: "agent_framework" };
    const anthropic = read(scope, { ...cached, "gen_ai.provider.name": "anthropic" });
    const openai = read(scope, { ...cached, "gen_ai.provider.name": "openai" });
    assert.equal(anthropic.tokens?.input_uncached, 5000);
    assert.equal(openai.tokens?.input_uncached, 1000);
  });

  test("Semantic Kernel's spans are read", () => {
    const event = read({ scopeName: "Microsoft.SemanticKernel.Diagnostics" }, cached);
    assert.equal(event.dialect, "semantic-kernel");
    assert.equal(event.tokens?.cache_read, 4000);
  });
});

describe("Genkit", () => {
  const model = {
    "genkit:type": "action",
    "genkit:metadata:subtype": "model",
    "genkit:name": "googleai/gemini-2.5-flash",
    "genkit:output":
      '{"usage":{"inputTokens":1000,"outputTokens":40,"thoughtsTokens":200,"cachedContentTokens":600,"totalTokens":1240}}',
  };

  test("usage comes from the answer, thoughts on top", () => {
    const event = read({ name: "googleai/gemini-2.5-flash" }, model);
    assert.equal(event.provider, "gcp.gemini");
    assert.equal(event.model, "gemini-2.5-flash");
    assert.deepEqual(event.tokens, {
      input_uncached: 400,
      cache_read: 600,
      cache_write_5m: 0,
      cache_write_1h: 0,
      output: 240,
      reasoning: 200,
    });
  });

  test("a flow around it is none", () => {
    isNode({ name: "flow" }, { ...model, "genkit:metadata:subtype": "flow" });
  });
});

describe("Vercel AI SDK", () => {
  test("NaN of v4 is missing, not zero", () => {
    const event = read(
      { scopeName: "ai" },
      {
        "ai.operationId": "ai.streamText.doStream",
        "ai.model.provider": "openai.chat",
        "ai.model.id": "gpt-4.1",
        "ai.usage.promptTokens": Number.NaN,
        "ai.usage.completionTokens": Number.NaN,
      },
    );
    assert.equal(event.tokens, null);
    assert.deepEqual(event.flags, ["usage_missing"]);
  });

  test("v5 on Bedrock excludes the cache even where the cache is the smaller part", () => {
    const event = read(
      { scopeName: "ai" },
      {
        "ai.operationId": "ai.streamText.doStream",
        "ai.model.provider": "amazon-bedrock",
        "ai.model.id": "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "ai.usage.inputTokens": 9000,
        "ai.usage.outputTokens": 10,
        "ai.usage.cachedInputTokens": 1000,
      },
    );
    assert.equal(event.provider, "aws.bedrock");
    assert.equal(event.tokens?.input_uncached, 9000);
  });
});

describe("OpenTelemetry", () => {
  test("fetch_response reads an answer again, and a tools/list calls no tool", () => {
    isNode({}, { "gen_ai.operation.name": "fetch_response", "gen_ai.usage.input_tokens": 5 });
    isNode({}, { "mcp.method.name": "tools/list", "mcp.session.id": "s" });
  });

  test("the event with usage ranks behind spans, the event per message is nothing", () => {
    const name = { eventName: "gen_ai.client.inference.operation.details" };
    const attributes = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "gpt-5.4" };
    const usage = { "gen_ai.usage.input_tokens": 10, "gen_ai.usage.output_tokens": 2 };
    const { events } = normaliseLogs([
      aRecord(name, attributes),
      aRecord(name, { ...attributes, ...usage }),
    ]);
    assert.deepEqual(
      events.map(({ rank, provider }) => [rank, provider]),
      [[2, "openai"]],
    );
  });

  test("counts that cannot be are left out and marked", () => {
    const event = read(
      { kind: 3 },
      {
        "gen_ai.operation.name": "chat",
        "gen_ai.usage.input_tokens": -5,
        "gen_ai.usage.output_tokens": 7,
        "gen_ai.usage.cache_read.input_tokens": 1e15,
      },
    );
    assert.equal(event.tokens?.input_uncached, 0);
    assert.equal(event.tokens?.output, 7);
    assert.ok(event.flags.includes("invalid_usage"));
  });
});

describe("unknown producers", () => {
  test("are kept with what they say plainly", () => {
    const event = read(
      { scopeName: "homegrown" },
      { "llm.usage.promptTokens": 900, "llm.usage.completionTokens": 30, model: "house-model-2" },
    );
    assert.equal(event.dialect, "unknown");
    assert.equal(event.provider, null);
    assert.equal(event.tokens?.input_uncached, 900);
    assert.equal(event.tokens?.output, 30);
  });

  test("a bare total is marked as unsplit, a limit is no usage", () => {
    const event = read({ scopeName: "homegrown" }, { "usage.total_tokens": 930 });
    assert.ok(event.flags.includes("split_unknown"));
    isNode({ scopeName: "homegrown" }, { "llm.max_output_tokens": 4096 });
  });
});

describe("Google ADK", () => {
  const answer =
    '{"usage_metadata":{"prompt_token_count":1830,"candidates_token_count":46,"thoughts_token_count":210,"total_token_count":2086}}';
  const usage = { "gen_ai.usage.input_tokens": 1830, "gen_ai.usage.output_tokens": 46 };

  test("a call is the same whoever writes its inner span", () => {
    const outer = read(
      { scopeName: "gcp.vertex.agent", name: "call_llm", spanId: "00000000000000a1" },
      { "gen_ai.request.model": "gemini-2.5-flash", "gcp.vertex.agent.llm_response": answer },
    );
    const inner = read(
      {
        scopeName: "opentelemetry.instrumentation.google_genai",
        name: "generate_content gemini-2.5-flash",
        parentSpanId: "00000000000000a1",
      },
      {
        ...usage,
        "gen_ai.operation.name": "generate_content",
        "gen_ai.request.model": "gemini-2.5-flash",
        "gcp.vertex.agent.invocation_id": "e-1",
      },
    );
    assert.deepEqual(outer.responseIds, inner.responseIds);
    assert.equal(outer.tokens?.output, 256);
    assert.ok(inner.flags.includes("cache_unreported"));
  });
});
