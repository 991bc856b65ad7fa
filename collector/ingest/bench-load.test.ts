import assert from "node:assert/strict";
import { test } from "node:test";
import { loadRequests } from "#lib/bench/load-requests.ts";
import { writeTraceRequest } from "#lib/bench/otlp-writer.ts";
import { normaliseSpans } from "../dialects/normalise.ts";
import { decodeTraces } from "../otlp/protobuf/traces.ts";

// The benchmark's figures mean something only while each of its spans is usage.
test("every span of the benchmark's load is one event, read as it was written", () => {
  const shape = { run: "a", seed: 1, splitTraces: false };
  const requests = loadRequests(shape, Date.UTC(2026, 10, 22))
    .take(20)
    .toArray();
  for (const request of requests) {
    const { items } = decodeTraces(writeTraceRequest(request));
    const { events, rejections } = normaliseSpans(items);
    assert.deepEqual(rejections, []);
    assert.deepEqual(
      events.map(({ spanId, tool, model, tokens, durationMs }) => ({
        spanId,
        tool,
        model,
        output: tokens?.output ?? null,
        durationMs,
      })),
      request.spans.map(({ spanId, attributes, isError, startMs, endMs }) => ({
        spanId: spanId.toString("hex"),
        tool: attributes["gen_ai.tool.name"] ?? null,
        model: attributes["gen_ai.request.model"] ?? null,
        output: attributes["gen_ai.usage.output_tokens"] ?? (isError ? 0 : null),
        durationMs: endMs - startMs,
      })),
    );
  }
});
