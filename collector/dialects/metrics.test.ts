import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_TOKENS, TOKEN_CLASSES, totalTokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { normalisePoints } from "./normalise.ts";
import type { ExpectedCounts } from "./testing.ts";
import { fixture } from "./testing.ts";
import { aPoint } from "./testing-items.ts";

/** What all series amount to, by model; what holds others less these. */
function totals(events: readonly UsageEvent[]): Record<string, Record<string, number>> {
  const found: Record<string, Record<string, number>> = {};
  for (const { model, series, tokens } of latest(events)) {
    const sums = found[model ?? ""] ?? { ...NO_TOKENS };
    found[model ?? ""] = sums;
    for (const part of TOKEN_CLASSES) sums[part] = (sums[part] ?? 0) + (tokens?.[part] ?? 0);
    const isHeld = series?.nesting?.role === "part";
    sums.input_uncached =
      (sums.input_uncached ?? 0) - (isHeld ? totalTokens(tokens ?? NO_TOKENS) : 0);
  }
  return found;
}

/** What counts of a cumulative stream: its latest point; of a delta stream: all its points. */
function latest(events: readonly UsageEvent[]): readonly UsageEvent[] {
  const last = new Map<string, UsageEvent>();
  for (const event of events) {
    const { stream = "", temporality, endMs = 0 } = event.series ?? {};
    const key = temporality === "delta" ? event.identity : stream;
    if ((last.get(key)?.series?.endMs ?? -1) < endMs) last.set(key, event);
  }
  return [...last.values()];
}

for (const name of ["otel-genai.metrics", "spring-ai.metrics"]) {
  test(`${name}: every series adds up to its usage row`, () => {
    const { normalised, expected } = fixture(name);
    const rows: readonly ExpectedCounts[] = expected.usage_rows ?? [];
    assert.ok(rows.length > 0);
    assert.ok(normalised.events.every(({ witness, calls }) => witness === "series" && calls === 0));
    const found = totals(normalised.events);
    assert.deepEqual(Object.keys(found).sort(), rows.map(({ model }) => model).sort());
    for (const row of rows) {
      const { input_uncached, cache_read, cache_write_5m, cache_write_1h, output } = row;
      const counts = { input_uncached, cache_read, cache_write_5m, cache_write_1h, output };
      assert.deepEqual(found[row.model], { ...counts, reasoning: row.reasoning ?? 0 });
      const own = normalised.events.filter(({ model }) => model === row.model);
      assert.ok(own.every(({ provider }) => provider === row.provider));
      const isBlind = own.some(({ flags }) => flags.includes("cache_unreported"));
      assert.equal(isBlind, row.cache_reported === false);
    }
  });
}

test("a total repeats its parts, a duration is no count, a fraction is refused", () => {
  const { events, rejections } = normalisePoints([
    aPoint({ value: 30 }, { "gen_ai.token.type": "total" }),
    aPoint({ value: 9.6, metric: "gen_ai.client.operation.duration" }, {}),
    aPoint({ value: 1.5 }, { "gen_ai.token.type": "input" }),
    aPoint({ value: null }, { "gen_ai.token.type": "input" }),
  ]);
  assert.equal(events.length, 0);
  assert.equal(rejections.length, 1);
});

test("a stream is the same whatever the order of its attributes, and another per interval end", () => {
  const one = aPoint({ value: 1 }, { "gen_ai.token.type": "input", "gen_ai.system": "openai" });
  const two = aPoint({ value: 1 }, { "gen_ai.system": "openai", "gen_ai.token.type": "input" });
  const later = { ...one, timeNanos: one.timeNanos + 60_000_000_000n };
  const [a, b, c] = normalisePoints([one, two, later]).events;
  assert.equal(a?.identity, b?.identity);
  assert.equal(a?.series?.stream, c?.series?.stream);
  assert.notEqual(a?.identity, c?.identity);
});
