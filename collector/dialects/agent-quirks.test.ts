import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { AttributeValue, LogRecord, MetricPoint, Span } from "../otlp/model.ts";
import { normaliseLogs, normalisePoints, normaliseSpans } from "./normalise.ts";
import { aPoint, aRecord, aSpan } from "./testing-items.ts";

type Values = Readonly<Record<string, AttributeValue>>;

const scope = (name: string) => ({ name, version: "", attributes: new Map(), schemaUrl: "" });

function log(given: Partial<LogRecord>, attributes: Values): UsageEvent | undefined {
  return normaliseLogs([aRecord(given, attributes)]).events[0];
}

function span(
  given: Partial<Omit<Span, "attributes">>,
  attributes: Values,
): UsageEvent | undefined {
  return normaliseSpans([aSpan(given, attributes)]).events[0];
}

function point(given: Partial<MetricPoint>, attributes: Values): UsageEvent | undefined {
  return normalisePoints([aPoint(given, attributes)]).events[0];
}

describe("Claude Code", () => {
  const request = {
    "event.name": "api_request",
    "event.timestamp": "2026-11-20T09:00:00.900Z",
    "event.sequence": 2,
    "session.id": "s-1",
    model: "us.anthropic.claude-opus-5-v1:0",
    input_tokens: "4",
    output_tokens: "1180",
    cache_read_tokens: "18240",
    cost_usd: "0.25",
    speed: "fast",
    request_id: "req_1",
  };
  const body = "claude_code.api_request";

  test("before 2.1.122 all numbers were texts; Bedrock shows in the model alone", () => {
    const event = log({ body }, request);
    assert.equal(event?.tokens?.cache_read, 18240);
    assert.equal(event?.provider, "aws.bedrock");
    assert.equal(event?.reportedCost, "0.25");
    assert.equal(event?.speed, "fast");
  });

  test("the provider that it was set to wins over the model's name", () => {
    const vertex = { ...request, model: "claude-opus-5", "anthropic.provider": "vertex" };
    assert.equal(log({ body }, vertex)?.provider, "gcp.vertex_ai");
  });

  test("a re-delivery is the same, a resumed session's next event another", () => {
    const first = log({ body }, request)?.identity;
    assert.equal(log({ body, observedNanos: 9n }, request)?.identity, first);
    const resumed = { ...request, "event.timestamp": "2026-11-20T10:00:00.000Z" };
    assert.notEqual(log({ body }, resumed)?.identity, first);
  });

  test("another service that inherits its exporter is not Claude Code", () => {
    const resource = { attributes: new Map([["service.name", "claude-code"]]), schemaUrl: "" };
    const event = span({ resource, name: "chat gpt-5.4" }, { "gen_ai.operation.name": "chat" });
    assert.notEqual(event?.dialect, "claude-code");
  });
});

describe("Codex", () => {
  test("tools told in events of a span leave the span in its place of the trace", () => {
    const event = {
      name: "event otel/src/x.rs:1",
      timeNanos: 1_795_165_200_000_000_000n,
      attributes: new Map<string, AttributeValue>([
        ["event.name", "codex.tool_result"],
        ["tool_name", "shell"],
        ["call_id", "call_1"],
        ["success", "false"],
        ["duration_ms", "12"],
      ]),
    };
    const { events, nodes } = normaliseSpans([
      aSpan({ scope: scope("codex_exec"), name: "dispatch", events: [event] }, {}),
    ]);
    assert.deepEqual(
      [events[0]?.tool, events[0]?.status, events[0]?.durationMs],
      ["shell", "error", 12],
    );
    assert.equal(events[0]?.parentSpanId, nodes[0]?.spanId);
  });

  test("a number under thread.id is no conversation", () => {
    const usage = {
      "codex.turn.token_usage.input_tokens": 5,
      "codex.turn.token_usage.output_tokens": 1,
    };
    const named = span({ name: "session_task.turn" }, { ...usage, "thread.id": "01a2-ff" });
    assert.equal(named?.identityOf.session, "01a2-ff");
    const numbered = span({ name: "session_task.turn" }, { ...usage, "thread.id": 4 });
    assert.equal(numbered?.identityOf.session, undefined);
  });
});

describe("Gemini CLI and Qwen Code", () => {
  const counts = {
    model: "qwen3-coder-plus",
    input_token_count: 1000,
    output_token_count: 300,
    thoughts_token_count: 200,
    cached_content_token_count: 600,
  };

  test("the total tells whether thoughts are inside the output, whoever says it", () => {
    const inside = { ...counts, "event.name": "qwen-code.api_response", total_token_count: 1300 };
    const outside = { ...counts, "event.name": "qwen-code.api_response", total_token_count: 1500 };
    assert.equal(log({}, inside)?.tokens?.output, 300);
    assert.equal(log({}, outside)?.tokens?.output, 500);
    const gemini = { ...counts, "event.name": "gemini_cli.api_response" };
    assert.equal(log({}, gemini)?.tokens?.output, 500);
  });

  test("as many thoughts as cached tokens do not make the input exclude its cache", () => {
    const equal = { ...counts, thoughts_token_count: 600, total_token_count: 1900 };
    const event = log({}, { ...equal, "event.name": "gemini_cli.api_response" });
    assert.deepEqual([event?.tokens?.input_uncached, event?.tokens?.output], [400, 900]);
  });

  test("a Google account draws on a plan, a key does not", () => {
    const event = { ...counts, "event.name": "gemini_cli.api_response" };
    assert.equal(log({}, { ...event, auth_type: "oauth-personal" })?.funding, "plan");
    assert.equal(log({}, { ...event, auth_type: "gemini-api-key" })?.funding, "api");
    assert.equal(log({}, { ...event, auth_type: "vertex-ai" })?.provider, "gcp.vertex_ai");
  });
});

describe("OpenClaw", () => {
  test("GenAI names: the attributes tell the call from the sum of the run", () => {
    const genAi = {
      "gen_ai.operation.name": "chat",
      "gen_ai.request.model": "claude-sonnet-5",
      "gen_ai.usage.input_tokens": 13590,
      "gen_ai.usage.output_tokens": 605,
      "gen_ai.usage.cache_read.input_tokens": 12400,
    };
    const name = "chat claude-sonnet-5";
    const call = span(
      { name, kind: 3 },
      { ...genAi, "openclaw.model_call.observation_unit": "request" },
    );
    assert.deepEqual([call?.witness, call?.calls, call?.tokens?.input_uncached], ["call", 1, 1190]);
    const run = span({ name, kind: 3 }, { ...genAi, "openclaw.tokens.input": 1190 });
    assert.equal(run?.witness, "aggregate");
  });

  test("a turn is full usage of an unknown number of requests", () => {
    const turn = span(
      { name: "openclaw.model.call" },
      {
        "openclaw.provider": "claude-cli",
        "openclaw.model": "claude-opus-5",
        "openclaw.model_call.observation_unit": "turn",
        "openclaw.model_call.usage.input_tokens": 9,
        "openclaw.model_call.usage.output_tokens": 90,
        "openclaw.model_call.usage.cache_read_input_tokens": 900,
      },
    );
    assert.deepEqual([turn?.witness, turn?.calls, turn?.provider], ["call", 0, "anthropic"]);
    assert.deepEqual([turn?.tokens?.input_uncached, turn?.tokens?.cache_read], [9, 900]);
  });

  test("metrics are found under a renamed prefix, sums are left out", () => {
    const metric = "acme.tokens";
    const token = (type: string) => point({ metric, value: 7 }, { "openclaw.token": type });
    assert.equal(token("cache_write")?.tokens?.cache_write_5m, 7);
    assert.equal(token("prompt"), undefined);
    assert.equal(token("total"), undefined);
  });
});

describe("Copilot", () => {
  test("a chat of VS Code does not belong to the window's session", () => {
    const resource = {
      attributes: new Map([
        ["service.name", "copilot-chat"],
        ["session.id", "window-1"],
      ]),
      schemaUrl: "",
    };
    const details = {
      "event.name": "gen_ai.client.inference.operation.details",
      "gen_ai.request.model": "gpt-5.4",
      "gen_ai.response.id": "r1",
      "gen_ai.usage.input_tokens": 10,
      "gen_ai.usage.output_tokens": 1,
    };
    assert.equal(log({ resource }, details)?.identityOf.session, undefined);
    const named = { ...details, "gen_ai.conversation.id": "chat-1" };
    assert.equal(log({ resource }, named)?.identityOf.session, "chat-1");
  });
});

describe("Cline", () => {
  const given = { eventName: "task.tokens", scope: scope("cline") };

  test("both spellings are read, input without the cache", () => {
    const camel = {
      ulid: "t-1",
      tokensIn: 10,
      tokensOut: 20,
      cacheReadTokens: 300,
      cacheWriteTokens: 40,
      totalCost: 0.01,
      provider: "anthropic",
      model: "claude-sonnet-5",
    };
    const snake = {
      ulid: "t-1",
      tokens_in: 10,
      tokens_out: 20,
      cached_tokens: 300,
      cost: "0.01",
      model: "claude-sonnet-5",
    };
    const first = log(given, camel);
    assert.deepEqual(
      [
        first?.tokens?.input_uncached,
        first?.tokens?.cache_read,
        first?.tokens?.cache_write_5m,
        first?.tokens?.output,
      ],
      [10, 300, 40, 20],
    );
    assert.deepEqual([first?.reportedCost, first?.identityOf.session], ["0.01", "t-1"]);
    const second = log(given, snake);
    assert.deepEqual([second?.tokens?.cache_read, second?.provider], [300, "anthropic"]);
  });

  test("what repeats a request is no call", () => {
    for (const eventName of ["task.conversation_turn", "task.completed"]) {
      assert.equal(log({ ...given, eventName }, { tokensIn: 10, tokensOut: 20 }), undefined);
    }
    const tool = log(
      { ...given, eventName: "task.tool_used" },
      { tool: "read_file", success: false },
    );
    assert.deepEqual([tool?.kind, tool?.tool, tool?.status], ["tool_call", "read_file", "error"]);
  });
});
