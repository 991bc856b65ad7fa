/**
 * Calls the server over a socket with the client of @grpc/grpc-js and raw
 * request bytes: what the exporters of the SDKs put on the wire too.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import {
  Client,
  compressionAlgorithms,
  credentials,
  Metadata,
  type ServiceError,
  status,
} from "@grpc/grpc-js";
import { decodeExport } from "../otlp/decode.ts";
import type { OtlpSignal } from "../otlp/decoded.ts";
import { KEYS, memoryReceiver } from "../otlp/testing/memory-receiver.ts";
import { createOtlpGrpcServer } from "./server.ts";
import { EXPORT_PATHS } from "./services.ts";

const RETRY_INFO = "google.rpc.RetryInfo";
const CAPTURE = new URL("../testdata/captures/gemini-cli/", import.meta.url);
const MAX_BODY_BYTES = 1024 * 1024;

const { receiver, batches, errors } = memoryReceiver({ maxBodyBytes: MAX_BODY_BYTES });
const server = createOtlpGrpcServer({ receiver });
const port = await server.listen(0, "127.0.0.1");
const clients: Client[] = [];
after(async () => {
  for (const client of clients) client.close();
  await server.stop(1000);
});

const plain = clientWith({});
const gzip = clientWith({
  "grpc.default_compression_algorithm": compressionAlgorithms.gzip,
  "grpc.max_send_message_length": -1,
});

describe("OTLP/gRPC", () => {
  test("takes what a real exporter sent over gRPC, plain and gzipped, all three signals", async () => {
    const manifest = JSON.parse(readFileSync(new URL("manifest.json", CAPTURE), "utf8")) as {
      file: string;
      signal: OtlpSignal;
    }[];
    assert.ok(manifest.length >= 5);
    for (const { file, signal } of manifest) {
      const bytes = readFileSync(new URL(file, CAPTURE));
      for (const client of [plain, gzip]) {
        assert.deepEqual(await call(client, signal, bytes, KEYS.ok), { response: "" });
        const received = batches.at(-1);
        assert.ok(received !== undefined);
        const { key: _, signal: __, rejected, ...named } = received;
        assert.equal(rejected, 0);
        assert.deepEqual(Object.values(named), [decodeExport(signal, "protobuf", bytes).items]);
      }
    }
  });

  test("an empty request succeeds", async () => {
    assert.deepEqual(await call(plain, "traces", Buffer.alloc(0), KEYS.ok), { response: "" });
  });

  test("takes the key as Bearer or as x-api-key", async () => {
    const metadata = new Metadata();
    metadata.set("x-api-key", KEYS.ok);
    assert.deepEqual(await callWith(plain, "logs", Buffer.alloc(0), metadata), { response: "" });
  });

  test("a missing or wrong key is UNAUTHENTICATED, whatever the bytes", async () => {
    const garbage = Buffer.from("ffffffffff", "hex");
    for (const key of [null, "outlay_ik_wrong"]) {
      const { code, details } = await refused(plain, "traces", garbage, key);
      assert.equal(code, status.UNAUTHENTICATED);
      assert.ok(!details.includes("outlay_ik_wrong"));
    }
  });

  test("a key without the right is PERMISSION_DENIED", async () => {
    const { code } = await refused(plain, "metrics", Buffer.alloc(0), KEYS.forbidden);
    assert.equal(code, status.PERMISSION_DENIED);
  });

  test("malformed bytes are INVALID_ARGUMENT with a BadRequest", async () => {
    const { code, trailer } = await refused(plain, "traces", Buffer.from("ffff", "hex"), KEYS.ok);
    assert.equal(code, status.INVALID_ARGUMENT);
    assert.match(trailer, /google\.rpc\.BadRequest/);
    assert.ok(!trailer.includes(RETRY_INFO));
  });

  test("throttling is UNAVAILABLE with a RetryInfo", async () => {
    const { code, trailer } = await refused(plain, "traces", oneSpan(), KEYS.throttled);
    assert.equal(code, status.UNAVAILABLE);
    assert.match(trailer, /google\.rpc\.RetryInfo/);
  });

  test("keys that cannot be checked are UNAVAILABLE and logged", async () => {
    const { code, trailer } = await refused(plain, "traces", oneSpan(), KEYS.unavailable);
    assert.equal(code, status.UNAVAILABLE);
    assert.match(trailer, /google\.rpc\.RetryInfo/);
    assert.ok(!trailer.includes("ECONNREFUSED"));
    assert.match(String(errors.at(-1)), /ECONNREFUSED/);
  });

  test("a message over the limit, or one that gunzips over it, is RESOURCE_EXHAUSTED without RetryInfo", async () => {
    const big = Buffer.alloc(MAX_BODY_BYTES + 1);
    for (const client of [plain, gzip]) {
      const { code, trailer } = await refused(client, "logs", big, KEYS.ok);
      assert.equal(code, status.RESOURCE_EXHAUSTED);
      assert.ok(!trailer.includes(RETRY_INFO));
    }
    assert.deepEqual(await call(plain, "logs", Buffer.alloc(0), KEYS.ok), { response: "" });
  });

  test("counts its answers", () => {
    const text = receiver.metrics.toPrometheus(receiver.bytesInFlight.current());
    assert.match(text, /requests_total\{transport="grpc",signal="traces",code="3"\} 1\n/);
    assert.match(text, /bytes_in_flight 0\n/);
  });
});

test("a stop lets the call under way finish and takes no new one", async () => {
  const entered = Promise.withResolvers<void>();
  const proceed = Promise.withResolvers<void>();
  const slow = createOtlpGrpcServer({
    receiver: memoryReceiver({
      export: async () => {
        entered.resolve();
        await proceed.promise;
        return { rejected: 0, message: "" };
      },
    }).receiver,
  });
  const client = new Client(
    `127.0.0.1:${await slow.listen(0, "127.0.0.1")}`,
    credentials.createInsecure(),
  );
  const underWay = call(client, "traces", oneSpan(), KEYS.ok);
  await entered.promise;
  const stopped = slow.stop(5000);
  const { code } = await refused(client, "traces", oneSpan(), KEYS.ok);
  assert.equal(code, status.UNAVAILABLE);
  proceed.resolve();
  assert.deepEqual(await underWay, { response: "" });
  await stopped;
  client.close();
});

/** One span from the capture: enough for a request that reaches the handler. */
function oneSpan(): Buffer {
  return readFileSync(
    new URL("../testdata/captures/ai-sdk/requests/0001-traces.bin", import.meta.url),
  );
}

function clientWith(options: object): Client {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), options);
  clients.push(client);
  return client;
}

type Answer = { readonly response: string } | { readonly error: ServiceError };

function call(client: Client, signal: OtlpSignal, bytes: Buffer, key: string | null) {
  const metadata = new Metadata();
  if (key !== null) metadata.set("authorization", `Bearer ${key}`);
  return callWith(client, signal, bytes, metadata);
}

function callWith(
  client: Client,
  signal: OtlpSignal,
  bytes: Buffer,
  metadata: Metadata,
): Promise<Answer> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      EXPORT_PATHS[signal],
      (request: Buffer) => request,
      (response: Buffer) => response.toString("hex"),
      bytes,
      metadata,
      (error, response) => resolve(error === null ? { response: response ?? "" } : { error }),
    );
  });
}

async function refused(client: Client, signal: OtlpSignal, bytes: Buffer, key: string | null) {
  const answer = await call(client, signal, bytes, key);
  assert.ok("error" in answer, "the call was expected to fail");
  const { code, details, metadata } = answer.error;
  return { code, details, trailer: String(metadata.get("grpc-status-details-bin")[0] ?? "") };
}
