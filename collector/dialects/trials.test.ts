/**
 * What real producers sent when they were run against a mock of the models'
 * APIs; each item is made by hand in the shape that was seen, with the version
 * that it was seen in.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { AttributeValue, Span } from "../otlp/model.ts";
import { normaliseSpans } from "./normalise.ts";
import { aSpan } from "./testing-items.ts";

type Given = Partial<Omit<Span, "attributes">> & { scopeName?: string };
type Values = Readonly<Record<string, AttributeValue>>;

function read(given: Given, attributes: Values): UsageEvent {
  const { events } = normaliseSpans([aSpan(given, attributes)]);
  assert.equal(events.length, 1);
  return events[0] as UsageEvent;
}

const tokens = (...counts: readonly number[]) => ({
  input_uncached: counts[0],
  cache_read: counts[1],
  cache_write_5m: counts[2],
  cache_write_1h: counts[3],
  output: counts[4],
  reasoning: counts[5] ?? 0,
});

describe("Anthropic's own spans (anthropic 2.12, Python)", () => {
  const call = {
    "gen_ai.provider.name": "anthropic",
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "claude-sonnet-4-5",
    "gen_ai.response.id": "msg_01a4989c3104854e99994bed0f",
    "gen_ai.usage.input_tokens": 3780,
    "gen_ai.usage.cache_write.input_tokens": 2590,
    "gen_ai.usage.cache_read.input_tokens": 1045,
    "anthropic.usage.cache_creation.ephemeral_5m_input_tokens": 2045,
    "anthropic.usage.cache_creation.ephemeral_1h_input_tokens": 545,
    "anthropic.request.service_tier": "auto",
    "anthropic.response.service_tier": "priority",
    "gen_ai.usage.output_tokens": 65,
  };

  test("tell the lifetime of cache writes and the tier that served", () => {
    const event = read({ scopeName: "com.anthropic.sdk.python", kind: 3 }, call);
    assert.deepEqual(event.tokens, tokens(145, 1045, 2045, 545, 65));
    assert.deepEqual([event.flags, event.tier], [[], "priority"]);
  });

  test("counting tokens is no call", () => {
    const counted = { "gen_ai.provider.name": "anthropic", "gen_ai.request.model": "claude-x" };
    const span = aSpan(
      { scopeName: "com.anthropic.sdk.python", kind: 3, name: "anthropic.messages.count_tokens" },
      { ...counted, "anthropic.message.count_tokens.input_tokens": 900 },
    );
    assert.deepEqual(normaliseSpans([span]).events, []);
  });
});

describe("Strands", () => {
  const usage = (input: number, output: number, total: number) => ({
    "gen_ai.system": "strands-agents",
    "gen_ai.operation.name": "chat",
    "gen_ai.request.model": "claude-sonnet-4-5",
    "gen_ai.usage.input_tokens": input,
    "gen_ai.usage.output_tokens": output,
    "gen_ai.usage.total_tokens": total,
    "gen_ai.usage.cache_read.input_tokens": 1000,
    "gen_ai.usage.cache_creation.input_tokens": 200,
  });

  test("1.62 adds the cache to the input; the total tells", () => {
    const event = read({ scopeName: "strands.telemetry.tracer" }, usage(1500, 40, 1540));
    assert.deepEqual(event.tokens, tokens(300, 1000, 200, 0, 40));
  });

  test("earlier versions leave the cache out of the input, but not out of the total", () => {
    const event = read({ scopeName: "strands.telemetry.tracer" }, usage(1500, 40, 2740));
    assert.deepEqual(event.tokens, tokens(1500, 1000, 200, 0, 40));
  });
});

describe("LangChain's recorded answer (langchain-core 1.7)", () => {
  const answer = JSON.stringify({
    generations: [
      [
        {
          message: {
            kwargs: {
              id: "lc_run--01a204e0-4f34",
              response_metadata: {
                id: "msg_018236c14d1e4841ed810e1c3d",
                usage: {
                  input_tokens: 285,
                  output_tokens: 454,
                  cache_read_input_tokens: 1185,
                  cache_creation_input_tokens: 2870,
                  cache_creation: {
                    ephemeral_5m_input_tokens: 2185,
                    ephemeral_1h_input_tokens: 685,
                  },
                  service_tier: "standard",
                },
              },
              usage_metadata: { input_tokens: 4340, output_tokens: 454 },
            },
          },
        },
      ],
    ],
  });
  const whole = tokens(285, 1185, 2185, 685, 454);

  test("OpenInference 0.1.80: id, lifetimes and tier", () => {
    const event = read(
      { scopeName: "openinference.instrumentation.langchain" },
      {
        "openinference.span.kind": "LLM",
        "llm.provider": "anthropic",
        "llm.model_name": "claude-sonnet-4-5",
        "llm.token_count.prompt": 4340,
        "llm.token_count.completion": 454,
        "llm.token_count.prompt_details.cache_read": 1185,
        "llm.token_count.prompt_details.cache_write": 2870,
        "output.value": answer,
      },
    );
    assert.deepEqual(event.tokens, whole);
    assert.deepEqual(event.responseIds, ["msg_018236c14d1e4841ed810e1c3d"]);
    assert.deepEqual([event.flags, event.tier], [[], "standard"]);
  });

  test("langsmith 0.15: usage among the run's metadata, and the id", () => {
    const event = read(
      { scopeName: "langsmith" },
      {
        "langsmith.span.kind": "llm",
        "gen_ai.operation.name": "chat",
        "gen_ai.system": "anthropic",
        "gen_ai.request.model": "claude-sonnet-4-5",
        "gen_ai.usage.input_tokens": 4340,
        "gen_ai.usage.output_tokens": 454,
        "langsmith.metadata.usage_metadata":
          '{"input_tokens":4340,"output_tokens":454,"input_token_details":{"cache_read":1185,"cache_creation":0,"ephemeral_5m_input_tokens":2185,"ephemeral_1h_input_tokens":685}}',
        "gen_ai.completion": answer,
      },
    );
    assert.deepEqual(event.tokens, whole);
    assert.deepEqual(event.responseIds, ["msg_018236c14d1e4841ed810e1c3d"]);
    assert.deepEqual([event.flags, event.tier], [[], "standard"]);
  });

  test("an id of LangChain's own names no call", () => {
    const event = read(
      {},
      {
        "openinference.span.kind": "LLM",
        "llm.model_name": "claude-sonnet-4-5",
        "output.value": '{"generations":[[{"message":{"kwargs":{"id":"lc_run--01a204e0"}}}]]}',
      },
    );
    assert.deepEqual(event.responseIds, []);
  });

  test("OpenLLMetry 0.62: 0 written may be writes left in the input, and is marked", () => {
    const read0 = (scopeName: string) =>
      read(
        { scopeName, kind: 3 },
        {
          "gen_ai.provider.name": "anthropic",
          "gen_ai.operation.name": "chat",
          "gen_ai.response.model": "claude-sonnet-4-5",
          "gen_ai.usage.input_tokens": 4412,
          "gen_ai.usage.output_tokens": 490,
          "gen_ai.usage.cache_read.input_tokens": 1203,
          "gen_ai.usage.cache_creation.input_tokens": 0,
        },
      );
    const langChain = read0("opentelemetry.instrumentation.langchain");
    const direct = read0("opentelemetry.instrumentation.anthropic");
    assert.deepEqual([langChain.flags, direct.flags], [["cache_unreported"], []]);
  });
});

describe("Logfire 5.2", () => {
  const request = {
    request_data: '{"model":"gpt-5-mini"}',
    "gen_ai.system": "openai",
    "gen_ai.provider.name": "openai",
    "gen_ai.request.model": "gpt-5-mini",
    "gen_ai.operation.name": "chat",
    "gen_ai.response.model": "gpt-5-mini",
  };
  const scope = { scopeName: "logfire.openai" };

  test("the span of a streamed request is no call; the record beside it is", () => {
    const began = aSpan({ ...scope, kind: 3 }, { ...request, "logfire.span_type": "span" });
    const { events, nodes } = normaliseSpans([began]);
    assert.deepEqual([events.length, nodes.length], [0, 1]);
    const ended = read(scope, {
      ...request,
      "logfire.span_type": "log",
      "gen_ai.usage.input_tokens": 1362,
      "gen_ai.usage.output_tokens": 346,
      "gen_ai.usage.raw":
        '{"prompt_tokens":1362,"completion_tokens":346,"completion_tokens_details":{"reasoning_tokens":195},"prompt_tokens_details":{"cached_tokens":1131}}',
    });
    assert.deepEqual(ended.tokens, tokens(231, 1131, 0, 0, 346, 195));
  });

  test("a stream without usage is one call without usage", () => {
    const output = { "gen_ai.output.messages": "[]", "logfire.span_type": "log" };
    assert.deepEqual(read(scope, { ...request, ...output }).flags, ["usage_missing"]);
  });

  test("a request that failed is a call", () => {
    const failed = read(
      { ...scope, kind: 3, statusCode: 2 },
      { ...request, "logfire.span_type": "span" },
    );
    assert.equal(failed.status, "error");
  });
});

test("OpenInference 0.1.66: a failed call is named by its request", () => {
  const event = read(
    { statusCode: 2 },
    {
      "openinference.span.kind": "LLM",
      "llm.system": "openai",
      "llm.invocation_parameters": '{"model":"gpt-4o-mini-2024-07-18"}',
    },
  );
  assert.deepEqual(
    [event.model, event.provider, event.status],
    ["gpt-4o-mini-2024-07-18", "openai", "error"],
  );
});

test("Pydantic AI 2.68: with the one-hour writes stated, the rest is known too", () => {
  const event = read(
    { scopeName: "pydantic-ai" },
    {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "claude-sonnet-4-5",
      "gen_ai.usage.input_tokens": 3892,
      "gen_ai.usage.output_tokens": 93,
      "gen_ai.usage.cache_creation.input_tokens": 2646,
      "gen_ai.usage.cache_read.input_tokens": 1073,
      "gen_ai.usage.details.ephemeral_1h_input_tokens": 573,
    },
  );
  assert.deepEqual(event.tokens, tokens(173, 1073, 2073, 573, 93));
  assert.deepEqual(event.flags, []);
});

test("LiteLLM proxy 1.106: the model is the one it asked, not the alias it answers under", () => {
  const proxied = {
    "gen_ai.operation.name": "chat",
    "gen_ai.system": "anthropic",
    "gen_ai.request.model": "claude-sonnet-4-5-20250929",
    "gen_ai.response.model": "sonnet",
    "gen_ai.usage.prompt_tokens": 4177,
    "gen_ai.usage.completion_tokens": 379,
  };
  const scope = { scopeName: "litellm", name: "litellm_request" };
  const alias = read(scope, { ...proxied, "litellm.model_group": "sonnet" });
  const unknown = read(scope, proxied);
  assert.deepEqual([alias.model, alias.requestModel], ["claude-sonnet-4-5-20250929", "sonnet"]);
  assert.equal(unknown.model, "sonnet");
});
