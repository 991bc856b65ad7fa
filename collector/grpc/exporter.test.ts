/** The OpenTelemetry SDK itself exports to the server over gRPC. */

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Metadata } from "@grpc/grpc-js";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import { KEYS, memoryReceiver } from "../otlp/testing/memory-receiver.ts";
import { createOtlpGrpcServer } from "./server.ts";

const { receiver, batches } = memoryReceiver();
const server = createOtlpGrpcServer({ receiver });
const port = await server.listen(0, "127.0.0.1");
after(() => server.stop(1000));

/** Ends so many spans of model calls and waits until the exporter has sent them. */
async function exportCalls(key: string, calls: number, compression: "none" | "gzip") {
  const metadata = new Metadata();
  metadata.set("x-api-key", key);
  const exporter = new OTLPTraceExporter({
    url: `http://127.0.0.1:${port}`,
    metadata,
    compression: compression as never,
    timeoutMillis: 5_000,
  });
  const provider = new TracerProvider({
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer("exporter-test");
  for (let i = 0; i < calls; i++) {
    tracer
      .startSpan("chat gpt-5.5", {
        attributes: {
          "gen_ai.operation.name": "chat",
          "gen_ai.provider.name": "openai",
          "gen_ai.request.model": "gpt-5.5",
          "gen_ai.usage.input_tokens": 1000 + i,
          "gen_ai.usage.output_tokens": 10,
        },
      })
      .end();
  }
  await provider.forceFlush();
  await provider.shutdown();
}

function spansReceived() {
  return batches.flatMap((batch) => (batch.signal === "traces" ? batch.spans : []));
}

describe("the SDK's gRPC exporter", () => {
  for (const compression of ["none", "gzip"] as const) {
    test(`delivers every span once, compression ${compression}`, async () => {
      batches.length = 0;
      await exportCalls(KEYS.ok, 120, compression);
      const spans = spansReceived();
      assert.equal(new Set(spans.map(({ spanId }) => spanId)).size, 120);
      assert.equal(spans.length, 120);
      const inputs = spans.map(({ attributes }) => attributes.get("gen_ai.usage.input_tokens"));
      assert.deepEqual(
        inputs.toSorted((a, b) => Number(a) - Number(b)),
        Array.from({ length: 120 }, (_, i) => 1000 + i),
      );
    });
  }

  test("is refused with a wrong key, and nothing arrives", async () => {
    batches.length = 0;
    await exportCalls("outlay_ik_wrong", 3, "none").catch(() => undefined);
    assert.deepEqual(spansReceived(), []);
  });
});
