import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenClassOf } from "./token-class-of.ts";

// As providers write them: OpenAI's line items, Anthropic's token types and
// descriptions, AWS's usage types, Google's SKUs, Azure's meters.
const CASES = [
  ["gpt-5.5-2026-04-23, input", "input_uncached"],
  ["gpt-5.5-2026-04-23, cached input", "cache_read"],
  ["gpt-5.5-2026-04-23, output", "output"],
  ["uncached_input_tokens", "input_uncached"],
  ["cache_read_input_tokens", "cache_read"],
  ["cache_creation.ephemeral_5m_input_tokens", "cache_write_5m"],
  ["cache_creation.ephemeral_1h_input_tokens", "cache_write_1h"],
  ["Claude Sonnet 4.5 Usage - Cache Write (1 hour)", "cache_write_1h"],
  ["USE1-Claude4.6Sonnet-cache-read-input-token-count", "cache_read"],
  ["USE1-Claude4.6Sonnet-cache-write-input-token-count", "cache_write_5m"],
  ["USE1-MP:USE1_OutputTokenCount-Units", "output"],
  ["Gemini 2.5 Flash GA Text Input - Predictions", "input_uncached"],
  ["gpt 4o 0806 Inp glbl Tokens", "input_uncached"],
  ["gpt 4o 0806 cchd Inp glbl Tokens", "cache_read"],
  ["gpt 4.1 mini cd inp Glbl Tokens", "cache_read"],
  ["gpt 5 Outp glbl Tokens", "output"],
  ["gpt 5 opt Dz Tokens", "output"],
  ["web search tool calls", null],
  [null, null],
] as const;

for (const [words, wanted] of CASES) {
  test(`${words} is of ${wanted}`, () => {
    assert.equal(tokenClassOf(words), wanted);
  });
}
