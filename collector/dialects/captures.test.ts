import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NO_TOKENS, TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { capture, distinctCalls } from "./testing.ts";

type Sums = Record<string, { calls: number; tokens: Record<string, number> }>;

/** Usage per model asked for, as `expected.json` groups it; writes of either lifetime together. */
function sums(calls: readonly UsageEvent[]): Sums {
  const found: Sums = {};
  for (const call of calls) {
    if (call.status === "error") continue;
    const model = (call.requestModel ?? call.model ?? "").replace(/-20\d\d-\d\d-\d\d$/, "");
    found[model] ??= { calls: 0, tokens: { ...NO_TOKENS } };
    found[model].calls += 1;
    for (const part of TOKEN_CLASSES) {
      found[model].tokens[part] = (found[model].tokens[part] ?? 0) + (call.tokens?.[part] ?? 0);
    }
  }
  return found;
}

/** Programs whose telemetry says all that was billed, and what it keeps to itself. */
const COMPLETE: Readonly<Record<string, { reasoning?: false; lifetimes?: true }>> = {
  "ai-sdk": { reasoning: false },
  "ai-sdk-retry": { reasoning: false },
  mastra: {},
  "openai-agents": {},
  opencode: {},
  "opencode-anthropic": { lifetimes: true },
};

for (const [name, says] of Object.entries(COMPLETE)) {
  test(`${name} counts what was billed`, () => {
    const { normalised, byModel } = capture(name);
    const found = sums(distinctCalls(normalised.events));
    assert.deepEqual(Object.keys(found).sort(), Object.keys(byModel).sort());
    for (const [model, billed] of Object.entries(byModel)) {
      const { calls = 0, tokens = {} } = found[model] ?? {};
      const writes = (tokens.cache_write_5m ?? 0) + (tokens.cache_write_1h ?? 0);
      assert.equal(calls, billed.calls, model);
      assert.equal(
        tokens.input_uncached,
        (billed.input_uncached ?? 0) + (billed.tool_use_prompt ?? 0),
        model,
      );
      assert.equal(tokens.cache_read, billed.cache_read, model);
      assert.equal(writes, (billed.cache_write_5m ?? 0) + (billed.cache_write_1h ?? 0), model);
      assert.equal(tokens.output, billed.output_total, model);
      if (says.lifetimes) assert.equal(tokens.cache_write_1h, billed.cache_write_1h, model);
      if (says.reasoning !== false) assert.equal(tokens.reasoning, billed.reasoning, model);
    }
  });
}

describe("programs that say less than was billed", () => {
  test("otel-openai never tells the cache, and a stream without usage is marked", () => {
    const calls = distinctCalls(capture("otel-openai").normalised.events);
    const missing = calls.filter(({ flags }) => flags.includes("usage_missing"));
    assert.equal(calls.length, 8);
    assert.deepEqual(
      missing.map(({ model, tokens }) => [model, tokens]),
      [["gpt-5.4", null]],
    );
    const chats = calls.filter((call) => call.operation === "chat" && call.tokens !== null);
    assert.ok(chats.every(({ flags }) => flags.includes("cache_unreported")));
    assert.equal(sums(calls)["gpt-5.5"]?.tokens.input_uncached, 42078);
  });

  test("openinference misses OpenAI's streams and embeddings, and has all else", () => {
    const { normalised, byModel } = capture("openinference");
    const calls = distinctCalls(normalised.events);
    const found = sums(calls);
    const missing = calls.filter(({ flags }) => flags.includes("usage_missing"));
    assert.deepEqual(missing.map(({ model }) => model).sort(), [
      "gpt-5.4",
      "gpt-5.4",
      "text-embedding-3-small",
    ]);
    assert.equal(found["gpt-5.5"]?.tokens.cache_read, byModel["gpt-5.5"]?.cache_read);
    assert.equal(found["claude-opus-5-5"]?.tokens.input_uncached, 64);
    assert.equal(found["claude-opus-5-5"]?.tokens.cache_write_1h, 356);
    assert.equal(found["claude-sonnet-5-5"]?.tokens.cache_read, 23100);
  });

  test("traceloop excludes Anthropic's cache and loses OpenAI's streams", () => {
    const { normalised, byModel } = capture("traceloop");
    const calls = distinctCalls(normalised.events);
    const found = sums(calls);
    const claude = byModel["claude-sonnet-5-5"];
    assert.equal(found["claude-sonnet-5-5"]?.tokens.input_uncached, claude?.input_uncached);
    assert.equal(found["claude-sonnet-5-5"]?.tokens.cache_read, claude?.cache_read);
    assert.equal(found["gpt-5.5"]?.tokens.input_uncached, 42078);
    assert.equal(calls.filter(({ flags }) => flags.includes("usage_missing")).length, 2);
    assert.ok(calls.every(({ identityOf }) => identityOf.session === "sess-42"));
  });

  test("ai-sdk-v5 has Anthropic whole, and generateText without its cache", () => {
    const { normalised, byModel } = capture("ai-sdk-v5");
    const calls = distinctCalls(normalised.events);
    const found = sums(calls);
    const claude = byModel["claude-opus-5-5"];
    assert.deepEqual(found["claude-opus-5-5"]?.tokens, {
      input_uncached: claude?.input_uncached,
      cache_read: claude?.cache_read,
      cache_write_5m: claude?.cache_write_5m,
      cache_write_1h: claude?.cache_write_1h,
      output: claude?.output_total,
      reasoning: 0,
    });
    assert.equal(found["gpt-5.2"]?.tokens.cache_read, byModel["gpt-5.2"]?.cache_read);
    assert.equal(found["gpt-5.5"]?.tokens.input_uncached, 42078);
    assert.equal(calls.filter(({ status }) => status === "error").length, 1);
    const blind = calls.filter(({ flags }) => flags.includes("cache_unreported"));
    assert.deepEqual(new Set(blind.map(({ requestModel }) => requestModel)), new Set(["gpt-5.5"]));
    const searches = calls.map(({ units }) => units.web_search_requests ?? 0);
    assert.equal(
      searches.reduce((total, count) => total + count, 0),
      claude?.web_search_requests,
    );
  });

  test("logfire's pending copies are no calls", () => {
    const calls = distinctCalls(capture("logfire").normalised.events);
    const found = sums(calls);
    assert.equal(calls.length, 4);
    assert.equal(found["gpt-5.5"]?.tokens.input_uncached, 42078);
    assert.equal(found["gpt-5.2"]?.tokens.cache_read, 11560);
  });

  test("opencode run leaves before its last calls are sent", () => {
    const calls = distinctCalls(capture("opencode-run").normalised.events);
    assert.equal(calls.filter(({ status }) => status === "ok").length, 4);
    assert.ok(calls.every(({ identityOf }) => identityOf.user === "dev"));
  });
});

test("an export that is sent again is the same items", () => {
  const { events } = capture("ai-sdk-retry").normalised;
  const calls = events.filter(({ kind, witness }) => kind === "model_call" && witness === "call");
  assert.equal(calls.length, 2 * new Set(calls.map(({ identity }) => identity)).size);
});
