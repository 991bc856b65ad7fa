import assert from "node:assert/strict";
import { test } from "node:test";
import { matchModel } from "./match-model.ts";

const MODELS = [
  ...["gpt-5", "gpt-5.5", "gpt-5.5-mini", "gpt-4o", "gpt-4"],
  ...["claude-sonnet-4", "claude-sonnet-4-5", "claude-opus-4-5", "gemini-2.5-flash"],
];

const CASES: readonly (readonly [words: string, model: string | null])[] = [
  ["gpt-5.5", "gpt-5.5"],
  ["gpt-5.5-2026-04-23, input", "gpt-5.5"],
  ["gpt-5.5-mini, cached input", "gpt-5.5-mini"],
  ["gpt-5.5-nano, output", null],
  ["gpt-4o-2024-08-06, output", "gpt-4o"],
  ["Claude Sonnet 4.5 Usage - Input Tokens", "claude-sonnet-4-5"],
  ["claude-sonnet-4-5-20250929", "claude-sonnet-4-5"],
  ["USE1-Claude4.5Sonnet-input-tokens", "claude-sonnet-4-5"],
  ["USE1-Claude4Sonnet-output-tokens", "claude-sonnet-4"],
  ["anthropic.claude-opus-4-5-v1:0", "claude-opus-4-5"],
  [
    "USE1-MP:USE1_InputTokenCount-Units Claude Sonnet 4.5 (Amazon Bedrock Edition)",
    "claude-sonnet-4-5",
  ],
  ["gpt 4o 0806 Inp glbl Tokens", "gpt-4o"],
  ["Gemini 2.5 Flash text input token count", "gemini-2.5-flash"],
  ["Gemini 2.5 Flash Lite text input token count", null],
  ["web search tool calls", null],
  ["", null],
];

test("an id of Bedrock is meant by the words of its invoice", () => {
  const ids = [
    "anthropic.claude-sonnet-4-5-20250929-v1:0",
    "us.anthropic.claude-opus-4-5-20251101-v1:0",
    "amazon.nova-lite-v1:0",
    "meta.llama3-3-70b-instruct-v1:0",
  ];
  assert.equal(matchModel("USE1-Claude4.5Sonnet-cache-read-input-token-count", ids), ids[0]);
  assert.equal(matchModel("USE1-Claude4.5Opus-output-tokens", ids), ids[1]);
  assert.equal(matchModel("USE1-NovaLite-input-tokens", ids), ids[2]);
  assert.equal(matchModel("USE1-NovaPro-input-tokens", ids), null);
});

for (const [words, model] of CASES) {
  test(`${JSON.stringify(words)} means ${model}`, () => {
    assert.equal(matchModel(words, MODELS), model);
  });
}
