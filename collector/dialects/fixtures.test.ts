import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { ExpectedCall, ExpectedTool } from "./testing.ts";
import { fixture, richness } from "./testing.ts";

const FIXTURES = [
  "otel-genai-semconv.traces",
  "otel-genai-legacy.traces",
  "mcp-tools.traces",
  "openinference.traces",
  "openinference-claude-agent-sdk.traces",
  "openllmetry.traces",
  "openllmetry-crewai.traces",
  "vercel-ai-v5-generatetext.traces",
  "vercel-ai-v5-streamtext.traces",
  "vercel-ai-v7.traces",
  "pydantic-ai.traces",
  "google-adk.traces",
  "litellm-proxy.traces",
  "strands.traces",
  "spring-ai.traces",
];

for (const name of FIXTURES) {
  describe(name, () => {
    const { normalised, expected } = fixture(name);
    const { events, nodes } = normalised;

    for (const call of expected.model_calls ?? []) {
      test(`call ${call.source.span_id}`, () => checkCall(witnessOf(events, call), call, events));
    }
    for (const tool of expected.tool_calls ?? []) {
      test(`tool ${tool.name}`, () => checkTool(events, tool));
    }
    for (const item of expected.not_priced ?? []) {
      test(`not counted: ${item.what} ${item.source?.span_id}`, () => {
        const event = events.find(({ spanId }) => spanId === item.source?.span_id);
        assert.ok(event === undefined || canLose(event, events), "it would count besides others");
      });
    }
    test("every span is an event or a node", () => {
      assert.deepEqual(normalised.rejections, []);
      const named = [...events, ...nodes].map(({ identityOf }) => identityOf);
      for (const session of expected.session_ids ?? []) {
        assert.ok(named.some((identity) => identity.session === session));
      }
      for (const user of expected.user_ids ?? []) {
        assert.ok(named.some((identity) => identity.user === user));
      }
    });
  });
}

/** The event that stands for a call: of all with its response id, the one that tells most. */
function witnessOf(events: readonly UsageEvent[], call: ExpectedCall): UsageEvent {
  const own = events.find((event) => event.spanId === call.source.span_id);
  assert.ok(own, "no event for the span");
  return events
    .filter((event) => event.responseIds.some((id) => own.responseIds.includes(id)))
    .reduce((best, event) => (richness(event) > richness(best) ? event : best), own);
}

function checkCall(event: UsageEvent, call: ExpectedCall, events: readonly UsageEvent[]): void {
  assert.deepEqual(event.tokens, {
    input_uncached: call.input_uncached,
    cache_read: call.cache_read,
    cache_write_5m: call.cache_write_5m,
    cache_write_1h: call.cache_write_1h,
    output: call.output,
    reasoning: call.reasoning ?? 0,
  });
  assert.equal(event.kind, "model_call");
  assert.equal(event.witness, call.aggregate === true ? "aggregate" : "call");
  assert.equal(event.provider, call.provider);
  assert.equal(event.model, call.model);
  assert.equal(event.operation, call.operation);
  assert.equal(event.status, call.ok ? "ok" : "error");
  assert.equal(event.flags.includes("cache_unreported"), call.cache_reported === false);
  assert.equal(event.flags.includes("assumed_ttl"), call.cache_write_ttl === "unknown");
  if (call.error_type !== undefined) assert.equal(event.errorType, call.error_type);
  if (call.request_model !== undefined) assert.equal(event.requestModel, call.request_model);
  if (call.response_id !== undefined) assert.ok(event.responseIds.includes(call.response_id));
  if (call.service_tier !== undefined) {
    assert.equal(event.tier, call.service_tier.replace("default", "standard"));
  }
  if (call.reported_cost_usd !== undefined) {
    const same = events.filter(({ responseIds }) => responseIds.some(isOf(event)));
    const costs = [event, ...same].map(({ reportedCost }) => reportedCost);
    assert.ok(costs.includes(String(call.reported_cost_usd)), costs.join());
  }
}

function isOf(event: UsageEvent): (id: string) => boolean {
  return (id) => event.responseIds.includes(id);
}

function checkTool(events: readonly UsageEvent[], tool: ExpectedTool): void {
  const event = events.find(({ spanId }) => spanId === tool.source.span_id);
  assert.ok(event, "no event for the span");
  assert.equal(event.kind, "tool_call");
  assert.equal(event.tool, tool.name);
  assert.equal(event.toolCallId, tool.call_id);
  assert.equal(event.status, tool.ok ? "ok" : "error");
  assert.equal(event.durationMs, tool.duration_ms);
  if (tool.error_type !== undefined) assert.equal(event.errorType, tool.error_type);
}

/** True when the ledger's rules leave this event aside in favour of another. */
function canLose(event: UsageEvent, events: readonly UsageEvent[]): boolean {
  return (
    event.kind === "agent_run" ||
    event.witness !== "call" ||
    events.some((other) => other !== event && (isSameCall(event, other) || isWithin(event, other)))
  );
}

function isSameCall(event: UsageEvent, other: UsageEvent): boolean {
  return event.responseIds.some((id) => other.responseIds.includes(id));
}

/** Nested spans that say the same of one call: equal tools, or equal tokens in and out. */
function isWithin(event: UsageEvent, other: UsageEvent): boolean {
  const isNested = other.parentSpanId === event.spanId || event.parentSpanId === other.spanId;
  const isSame = event.kind === "tool_call" ? event.tool === other.tool : sum(event) === sum(other);
  return isNested && event.kind === other.kind && isSame;
}

function sum({ tokens }: UsageEvent): number {
  const { reasoning = 0, ...billed } = tokens ?? {};
  return Object.values(billed).reduce((total, part) => total + part, 0 * reasoning);
}
