import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NO_TOKENS, type TokenClass, type Tokens, totalTokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import type { DecodedExport } from "../otlp/decoded.ts";
import { capture as captured } from "./testing.ts";
import { type ExpectedCall, fixture, normalise } from "./testing-samples.ts";

type ModelSums = Tokens & {
  readonly calls: number;
  readonly output_total: number;
  readonly tool_use_prompt: number;
};

const FIXTURES = [
  "claude-code.logs",
  "claude-code.traces",
  "codex.logs",
  "codex.traces",
  "gemini-cli.logs",
  "openclaw.traces",
  "copilot-cli.traces",
  "copilot-vscode.logs",
] as const;

/** Sessions and users that no item of a call names itself: the ledger finds them elsewhere in the trace. */
const ELSEWHERE = new Set(["chat-9a", "octo-7"]);

for (const name of FIXTURES) {
  describe(name, () => {
    const { sent, expected } = fixture(name);
    const { events } = normalise(sent);

    test("every call is read, token by token", () => {
      for (const call of expected.model_calls) assertModelCall(sourceEvent(sent, call), call);
      const counted = best(events, "model_call");
      assert.equal(counted.length, expected.model_calls.length);
    });

    test("every tool call is read once, with its outcome", () => {
      const tools = onePerCall(best(events, "tool_call"));
      assert.equal(tools.length, expected.tool_calls.length);
      for (const call of expected.tool_calls) {
        const [tool] = tools.filter(
          ({ tool, toolCallId }) =>
            toolCallId === (call.call_id ?? null) && (tool ?? call.name) === call.name,
        );
        assertToolCall(tool, call);
      }
    });

    test("what repeats a call cannot be counted beside it", () => {
      const worst = Math.max(...best(events, "model_call").map(({ rank }) => rank));
      for (const item of expected.not_priced) {
        for (const event of itemEvents(sent, item)) {
          const repeats =
            event.kind !== "model_call" || event.witness !== "call" || event.rank > worst;
          assert.ok(repeats, JSON.stringify(item));
        }
      }
    });

    test("session, user and team are told", () => {
      const told = new Set(events.flatMap(({ identityOf }) => Object.values(identityOf)));
      for (const id of [...expected.session_ids, ...expected.user_ids]) {
        if (!ELSEWHERE.has(id) || told.has(id)) assert.ok(told.has(id), id);
      }
      for (const event of events) {
        for (const [key, value] of Object.entries(expected.team))
          assert.equal(event.attributes[key], value);
      }
    });
  });
}

for (const [name, model] of [
  ["claude-code.metrics", ["claude-haiku-4-5-20251001", "claude-opus-5", "claude-sonnet-5"]],
  ["openclaw.metrics", ["claude-sonnet-5", "gpt-5.4-mini"]],
] as const) {
  test(`${name}: the points add up to the rows, each in one class`, () => {
    const { sent, expected } = fixture(name);
    const { events } = normalise(sent);
    assert.ok(events.every(({ witness }) => witness === "series"));
    for (const row of expected.usage_rows ?? []) {
      const points = events.filter((event) => event.model === row.model);
      assert.deepEqual({ ...sum(points), reasoning: 0 }, tokensOf(row));
      assert.ok(points.every(({ provider }) => provider === row.provider));
    }
    assert.deepEqual([...new Set(events.map((event) => event.model))].sort(), [...model].sort());
  });
}

for (const name of [
  "claude-code",
  "claude-code-json",
  "codex",
  "gemini-cli",
  "qwen-code",
  "qwen-anthropic",
  "copilot",
  "copilot-anthropic",
]) {
  test(`capture ${name}: the best witnesses add up to the truth`, () => {
    const { events, byModel } = capture(name);
    const calls = best(events, "model_call").filter(({ tokens }) => tokens !== null);
    for (const [model, truth] of Object.entries(byModel)) {
      const own = calls.filter((event) => event.model === model || event.model === null);
      const counted = own.filter(({ status }) => status === "ok");
      assert.deepEqual(sum(counted), truthOf(truth, sum(counted)));
      assert.equal(counted.length, truth.calls);
    }
    assert.ok(calls.every(({ model }) => model === null || model in byModel));
  });

  test(`capture ${name}: its metrics alone tell the same total`, () => {
    const { events, byModel } = capture(name);
    const series = latest(events.filter(({ witness }) => witness === "series"));
    for (const [model, truth] of Object.entries(byModel)) {
      const own = series.filter((event) => event.model === model);
      const parts = own.filter((event) => event.series?.nesting?.role === "part");
      const all = sum(own);
      const told = { ...all, input_uncached: all.input_uncached - totalTokens(sum(parts)) };
      const hidden = name === "qwen-anthropic" ? truth.cache_write_5m + truth.cache_write_1h : 0;
      const expected = truthOf(truth, told);
      assert.deepEqual(told, {
        ...expected,
        input_uncached: expected.input_uncached + hidden,
        cache_write_5m: expected.cache_write_5m - hidden,
      });
    }
  });
}

test("Codex: the conversation and the model stand above the calls that lack them", () => {
  const { events, nodes } = capture("codex");
  const session = "01a2041a-1c9f-7cd3-92a9-b9e1f086499c";
  const turn = events.find(({ witness }) => witness === "aggregate");
  assert.equal(turn?.identityOf.session, session);
  assert.equal(turn?.model, "gpt-5.5");
  const calls = events.filter(({ kind, signal }) => kind === "model_call" && signal === "span");
  const parents = new Map(nodes.map((node) => [node.spanId, node]));
  for (const call of calls.filter(({ witness }) => witness === "call")) {
    assert.equal(call.model, null);
    let above = call.parentSpanId === null ? undefined : parents.get(call.parentSpanId);
    while (above !== undefined && above.identityOf.session === undefined) {
      above = above.parentSpanId === null ? undefined : parents.get(above.parentSpanId);
    }
    assert.equal(above?.identityOf.session, session);
  }
});

test("Codex signed in with ChatGPT draws on a plan, as does Copilot's own provider", () => {
  for (const name of ["codex.logs", "copilot-cli.traces", "copilot-vscode.logs"]) {
    const calls = best(normalise(fixture(name).sent).events, "model_call");
    assert.ok(
      calls.every(({ funding }) => funding === "plan"),
      name,
    );
  }
  assert.ok(capture("copilot").events.every(({ funding }) => funding === "api"));
});

test("Claude Code: log and span of a request share an id; a subagent is its agent, in the same session", () => {
  const { events } = capture("claude-code");
  const calls = events.filter(({ kind, witness }) => kind === "model_call" && witness === "call");
  const logs = calls.filter(({ signal }) => signal === "log");
  const spans = calls.filter(({ signal }) => signal === "span");
  assert.equal(logs.length, spans.length);
  for (const log of logs) {
    assert.ok(spans.some((span) => span.responseIds.some((id) => log.responseIds.includes(id))));
    assert.deepEqual(log.flags, []);
  }
  const agents = new Set(calls.map(({ identityOf }) => identityOf.agent));
  assert.deepEqual(agents, new Set(["claude-code", "general-purpose"]));
  assert.equal(new Set(events.map(({ identityOf }) => identityOf.session)).size, 1);
});

function capture(name: string) {
  const { normalised, byModel } = captured(name);
  return { ...normalised, byModel: byModel as unknown as Readonly<Record<string, ModelSums>> };
}

function sourceEvent(sent: DecodedExport, call: ExpectedCall): UsageEvent | undefined {
  return itemEvents(sent, call).find(({ kind }) => kind === "model_call");
}

/** What the very item that a call or a repetition is said to come from gives, by itself. */
function itemEvents(sent: DecodedExport, { source }: ExpectedCall): readonly UsageEvent[] {
  const index =
    sent.signal === "traces"
      ? sent.items.findIndex(({ spanId }) => spanId === source.span_id)
      : (source.record_index ?? -1);
  assert.ok(index >= 0);
  const { events } = normalise(sent, index);
  return source.event_index === undefined
    ? events
    : events.filter(({ identity }) => identity.endsWith(`:event:${source.event_index}`));
}

/** The calls that would count if nothing but rank decided. */
function best(events: readonly UsageEvent[], kind: UsageEvent["kind"]): readonly UsageEvent[] {
  const calls = events.filter((event) => event.kind === kind && event.witness === "call");
  const rank = Math.min(...calls.map((event) => event.rank));
  return calls.filter((event) => event.rank === rank);
}

/** One for each call id: what ran wins over what is not known to have run. */
function onePerCall(tools: readonly UsageEvent[]): readonly UsageEvent[] {
  const byId = new Map<string, UsageEvent>();
  for (const tool of tools) {
    const id = tool.toolCallId ?? tool.identity;
    const known = byId.get(id);
    if (known === undefined || known.status === "rejected") {
      byId.set(id, { ...tool, tool: tool.tool ?? known?.tool ?? null });
    } else if (known.tool === null) byId.set(id, { ...known, tool: tool.tool });
  }
  return [...byId.values()];
}

function assertModelCall(event: UsageEvent | undefined, call: ExpectedCall): void {
  assert.ok(event, JSON.stringify(call.source));
  assert.equal(event.witness, "call");
  const reasoning = (call.reasoning as number | null) ?? 0;
  assert.deepEqual(event.tokens, { ...tokensOf(call), reasoning });
  assert.equal(event.provider, call.provider);
  if (call.model_from === undefined) assert.equal(event.model, call.model);
  assert.equal(event.requestModel, call.request_model ?? null);
  assert.equal(event.status === "ok", call.ok);
  assert.equal(event.flags.includes("assumed_ttl"), call.cache_write_ttl === "unknown");
  assert.equal(event.flags.includes("cache_unreported"), call.cache_reported === false);
  assert.equal(event.flags.includes("usage_missing"), call.usage_missing === true);
  if (event.responseIds.length > 0) assert.ok(event.responseIds.includes(String(call.response_id)));
  const cost = call.reported_cost_usd;
  assert.equal(event.reportedCost, cost === undefined ? null : String(cost));
}

function assertToolCall(event: UsageEvent | undefined, call: ExpectedCall): void {
  assert.ok(event, JSON.stringify(call));
  const isDecidedAgainst =
    call.ok === null || ["rejected", "blocked", "denied"].includes(String(call.outcome));
  assert.equal(event.status, isDecidedAgainst ? "rejected" : call.ok ? "ok" : "error");
  assert.equal(event.tool, call.name);
  if (event.durationMs !== null && !isDecidedAgainst)
    assert.equal(event.durationMs, call.duration_ms);
  if (call.error_type !== undefined) assert.equal(event.errorType, call.error_type);
}

function tokensOf(row: Readonly<Record<string, unknown>>): Tokens {
  const entries = Object.keys(NO_TOKENS).map((name) => [name, row[name] ?? 0]);
  return { ...(Object.fromEntries(entries) as Tokens), reasoning: 0 };
}

function sum(events: readonly UsageEvent[]): Tokens {
  const total = { ...NO_TOKENS };
  for (const { tokens } of events) {
    for (const name of Object.keys(total) as TokenClass[]) {
      (total as Record<TokenClass, number>)[name] += tokens?.[name] ?? 0;
    }
  }
  return total;
}

/** The truth as far as a producer can say it: without lifetimes, all cache writes count as five minutes. */
function truthOf(truth: ModelSums, told: Tokens): Tokens {
  const written = truth.cache_write_5m + truth.cache_write_1h;
  const isSplit = told.cache_write_1h > 0;
  return {
    input_uncached: truth.input_uncached + truth.tool_use_prompt,
    cache_read: truth.cache_read,
    cache_write_5m: isSplit ? truth.cache_write_5m : written,
    cache_write_1h: isSplit ? truth.cache_write_1h : 0,
    output: truth.output_total,
    reasoning: truth.reasoning,
  };
}

/** Of cumulative streams the last point since each start, of others every point. */
function latest(points: readonly UsageEvent[]): readonly UsageEvent[] {
  const last = new Map<string, UsageEvent>();
  for (const point of points) {
    const { stream, startMs, endMs, temporality } = point.series ?? assert.fail("no series");
    const key = temporality === "delta" ? point.identity : `${stream}:${startMs}`;
    if ((last.get(key)?.series?.endMs ?? 0) <= endMs) last.set(key, point);
  }
  return [...last.values()];
}
