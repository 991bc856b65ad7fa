import assert from "node:assert/strict";
import { test } from "node:test";
import { parseImport } from "./parse-import.ts";

const LOG = {
  request_id: "chatcmpl-1",
  call_type: "acompletion",
  api_key: "hashed",
  spend: 0.00123,
  prompt_tokens: 1000,
  completion_tokens: 200,
  startTime: "2026-11-20T09:00:00.000Z",
  endTime: "2026-11-20T09:00:02.500Z",
  model: "bedrock/us.anthropic.claude-sonnet-5",
  custom_llm_provider: "bedrock",
  team_id: "team-7",
  user: "u1",
  cache_hit: "False",
  metadata: {
    user_api_key_user_email: "ana@acme.example",
    usage_object: {
      cache_read_input_tokens: 300,
      cache_creation_input_tokens: 100,
      completion_tokens_details: { reasoning_tokens: 50 },
    },
  },
};

test("a spend log is the call it stands for, with the parts of its prompt", () => {
  const { events, errors } = parseImport("litellm", JSON.stringify([LOG]));
  assert.deepEqual(errors, []);
  const [event] = events;
  assert.deepEqual(event?.tokens, {
    input_uncached: 600,
    cache_read: 300,
    cache_write_5m: 100,
    cache_write_1h: 0,
    output: 200,
    reasoning: 50,
  });
  assert.deepEqual(event?.responseIds, ["chatcmpl-1"]);
  assert.equal(event?.provider, "aws.bedrock");
  assert.equal(event?.model, "us.anthropic.claude-sonnet-5");
  assert.equal(event?.durationMs, 2500);
  assert.equal(event?.reportedCost, "0.00123");
  assert.equal(event?.identityOf.user, "ana@acme.example");
  assert.equal(event?.attributes["metadata.user_api_key_team_id"], "team-7");
  assert.deepEqual(event?.flags, ["assumed_ttl"]);
});

test("CSV with metadata as text, JSON lines and a page say the same", () => {
  const fields = Object.entries({ ...LOG, metadata: JSON.stringify(LOG.metadata) });
  const quote = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`;
  const csv = `${fields.map(([key]) => key).join(",")}\r\n${fields.map(([, value]) => quote(value)).join(",")}\r\n`;
  const lines = `${JSON.stringify(LOG)}\n${JSON.stringify({ ...LOG, request_id: "chatcmpl-2" })}\n`;
  const expected = parseImport("litellm", JSON.stringify([LOG])).events[0];
  assert.deepEqual(parseImport("litellm", csv).events[0], expected);
  assert.deepEqual(parseImport("litellm", lines).events[0], expected);
  assert.deepEqual(parseImport("litellm", JSON.stringify({ data: [LOG] })).events[0], expected);
});

test("failed calls and answers from LiteLLM's own cache were not billed", () => {
  const failed = parseImport("litellm", JSON.stringify({ ...LOG, status: "failure" })).events[0];
  assert.equal(failed?.status, "error");
  assert.equal(failed?.tokens?.input_uncached, 0);
  const hit = parseImport("litellm", JSON.stringify({ ...LOG, cache_hit: "True" })).events[0];
  assert.equal(hit?.tokens?.input_uncached, 0);
  assert.equal(hit?.attributes.cache_hit, "true");
});

test("a prompt whose cached part is not told is marked as an upper bound", () => {
  const { events } = parseImport("litellm", JSON.stringify({ ...LOG, metadata: {} }));
  assert.deepEqual(events[0]?.flags, ["cache_unreported"]);
});
