/** What the conformance script cannot see: the handler's side, shutdown, memory and failures. */

import assert from "node:assert/strict";
import { connect } from "node:net";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import { AppError } from "#lib/errors.ts";
import type { ReceiverOptions } from "../otlp/receiver.ts";
import { exchange, JSON_EXPORT, ONE_SPAN } from "../otlp/testing/exchange.ts";
import { KEYS, memoryReceiver } from "../otlp/testing/memory-receiver.ts";
import { createOtlpHttpServer, type OtlpHttpOptions } from "./server.ts";

async function start(
  t: TestContext,
  overrides: Partial<ReceiverOptions<string>> = {},
  options: Partial<OtlpHttpOptions<string>> = {},
) {
  const memory = memoryReceiver(overrides);
  const server = createOtlpHttpServer({
    receiver: memory.receiver,
    isReady: async () => true,
    ...options,
  });
  const port = await server.listen(0, "127.0.0.1");
  t.after(() => server.stop(100));
  return { ...memory, server, port };
}

/** A promise with its resolver outside: the test decides when the handler goes on. */
function gate() {
  return Promise.withResolvers<void>();
}

test("answers 200 only after the handler is done, with its key and items", async (t) => {
  const { batches, port } = await start(t);
  const { status, text } = await exchange(port);
  assert.deepEqual([status, text], [200, "{}"]);
  const [batch] = batches;
  assert.ok(batch?.signal === "traces");
  assert.equal(batch.key, KEYS.ok);
  assert.equal(batch.spans.length, 1);
});

test("what the handler rejects is added to what decoding rejected", async (t) => {
  const { port } = await start(t, {
    export: async () => ({ rejected: 2, message: "negative tokens" }),
  });
  const body = ONE_SPAN.replace('"spans":[', '"spans":[{"traceId":"00"},');
  const { status, text } = await exchange(port, { body });
  assert.equal(status, 200);
  const { partialSuccess } = JSON.parse(text) as { partialSuccess: Record<string, string> };
  assert.equal(partialSuccess.rejectedSpans, "3");
  assert.match(partialSuccess.errorMessage ?? "", /^traceId is missing.*; negative tokens$/);
});

test("an unforeseen error is a 503 with Retry-After, one log line and no word of its cause", async (t) => {
  const { errors, port } = await start(t, {
    export: () => Promise.reject(new Error("relation usage_event does not exist")),
  });
  const { status, headers, text } = await exchange(port);
  assert.equal(status, 503);
  assert.match(headers["retry-after"] ?? "", /^[1-7]$/);
  assert.ok(!text.includes("usage_event"));
  assert.equal(errors.length, 1);
});

test("each AppError of the handler has its status, and only those that pass a Retry-After", async (t) => {
  let code: AppError["code"] = "invalid";
  const { errors, port } = await start(t, {
    export: () => Promise.reject(new AppError("told", { code, retryAfterSeconds: 3600 })),
  });
  for (const [thrown, status, retryAfter] of [
    ["invalid", 400, undefined],
    ["too_large", 413, undefined],
    ["forbidden", 403, undefined],
    ["rate_limited", 429, "7"],
    ["unavailable", 503, "7"],
  ] as const) {
    code = thrown;
    const answer = await exchange(port);
    assert.equal(answer.status, status);
    assert.equal(answer.headers["retry-after"], retryAfter);
    assert.equal((JSON.parse(answer.text) as { message: string }).message, "told");
  }
  assert.deepEqual(errors, []);
});

test("keys that cannot be checked are a 503, not a 401 that loses the data", async (t) => {
  const { port } = await start(t);
  const headers = { ...JSON_EXPORT, "x-api-key": KEYS.unavailable };
  assert.equal((await exchange(port, { headers })).status, 503);
});

test("a refused key is answered before the body is sent", async (t) => {
  const { port } = await start(t);
  const headers = { "content-type": "application/json", "content-length": "1000" };
  const { status, headers: answered } = await exchange(port, {
    headers,
    body: "{",
    unfinished: true,
  });
  assert.equal(status, 401);
  assert.equal(answered["www-authenticate"], "Bearer");
});

test("a body over the limit is answered by its Content-Length alone", async (t) => {
  const { port } = await start(t, { maxBodyBytes: 1000 });
  const headers = { ...JSON_EXPORT, "content-length": "1001" };
  assert.equal((await exchange(port, { headers, body: "{", unfinished: true })).status, 413);
});

test("a body of exactly the limit passes, one byte more does not, gzipped or chunked", async (t) => {
  const { port } = await start(t, { maxBodyBytes: 1000 });
  const gzip = { ...JSON_EXPORT, "content-encoding": "gzip" };
  for (const [size, status] of [
    [1000, 200],
    [1001, 413],
  ] as const) {
    const body = ONE_SPAN.padEnd(size);
    assert.equal((await exchange(port, { body })).status, status);
    assert.equal((await exchange(port, { headers: gzip, body: gzipSync(body) })).status, status);
    const chunked = { ...JSON_EXPORT, "transfer-encoding": "chunked" };
    assert.equal((await exchange(port, { headers: chunked, body })).status, status);
  }
});

test("a gzip bomb costs no more than the limit", async (t) => {
  const { port } = await start(t);
  const bomb = gzipSync(Buffer.alloc(160 * 1024 * 1024));
  const before = process.memoryUsage().rss;
  const headers = { ...JSON_EXPORT, "content-encoding": "gzip" };
  assert.equal((await exchange(port, { headers, body: bomb })).status, 413);
  assert.ok(process.memoryUsage().rss - before < 64 * 1024 * 1024);
});

test("more bytes at once than the collector may hold are turned away, and taken again later", async (t) => {
  const entered = gate();
  const proceed = gate();
  const { receiver, port } = await start(t, {
    maxBodyBytes: 1000,
    maxBytesInFlight: 1500,
    export: async () => {
      entered.resolve();
      await proceed.promise;
      return { rejected: 0, message: "" };
    },
  });
  const body = ONE_SPAN.padEnd(900);
  const first = exchange(port, { body });
  await entered.promise;
  const second = await exchange(port, { body });
  assert.equal(second.status, 503);
  assert.match(second.headers["retry-after"] ?? "", /^[1-7]$/);
  proceed.resolve();
  assert.equal((await first).status, 200);
  assert.equal((await exchange(port, { body })).status, 200);
  assert.equal(receiver.bytesInFlight.current(), 0);
});

test("a sender that hangs up in the middle leaves nothing behind", async (t) => {
  const { receiver, errors, batches, port } = await start(t);
  const socket = connect(port, "127.0.0.1");
  socket.write(
    `POST /v1/traces HTTP/1.1\r\nhost: x\r\nx-api-key: ${KEYS.ok}\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"a":1`,
  );
  while (receiver.bytesInFlight.current() === 0) await new Promise(setImmediate);
  socket.destroy();
  while (receiver.bytesInFlight.current() > 0) await new Promise(setImmediate);
  assert.deepEqual([errors, batches], [[], []]);
});

test("a stop lets the request under way finish and takes no new one", async (t) => {
  const entered = gate();
  const proceed = gate();
  const { server, port } = await start(t, {
    export: async () => {
      entered.resolve();
      await proceed.promise;
      return { rejected: 0, message: "" };
    },
  });
  const underWay = exchange(port, { headers: { ...JSON_EXPORT, connection: "keep-alive" } });
  await entered.promise;
  const stopped = server.stop(5000);
  await assert.rejects(exchange(port), { code: "ECONNREFUSED" });
  proceed.resolve();
  assert.equal((await underWay).status, 200);
  await stopped;
});

test("a stop cuts off at its deadline what does not finish", async (t) => {
  const entered = gate();
  const { server, port } = await start(t, {
    export: () => {
      entered.resolve();
      return new Promise(() => {});
    },
  });
  const underWay = exchange(port);
  const cut = assert.rejects(underWay, { code: "ECONNRESET" });
  await entered.promise;
  await server.stop(20);
  await cut;
});

test("readiness, liveness and metrics are on the same port", async (t) => {
  let isReady = async () => true;
  const { port } = await start(t, {}, { isReady: () => isReady() });
  const get = (path: string) => exchange(port, { method: "GET", path, headers: {}, body: "" });
  assert.equal((await get("/healthz")).status, 200);
  assert.equal((await get("/readyz")).status, 200);
  isReady = () => Promise.reject(new Error("database down"));
  assert.equal((await get("/readyz")).status, 503);

  await exchange(port);
  const { text } = await get("/metrics");
  assert.match(
    text,
    /outlay_otlp_requests_total\{transport="http",signal="traces",code="200"\} 1\n/,
  );
  assert.match(text, /outlay_otlp_items_total\{signal="traces",outcome="accepted"\} 1\n/);
});

test("CORS is off until origins are named, and then only theirs", async (t) => {
  const headers = { origin: "https://app.example.com", "access-control-request-method": "POST" };
  const preflight = { method: "OPTIONS", headers, body: "" };
  const closed = await start(t);
  const refused = await exchange(closed.port, preflight);
  assert.equal(refused.status, 405);
  assert.equal(refused.headers.allow, "POST");

  const open = await start(t, {}, { corsOrigins: ["https://app.example.com"] });
  const allowed = await exchange(open.port, preflight);
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers["access-control-allow-origin"], "https://app.example.com");
  const foreign = { ...preflight, headers: { ...headers, origin: "https://evil.example" } };
  const other = await exchange(open.port, foreign);
  assert.equal(other.headers["access-control-allow-origin"], undefined);
});

test("takes the key as Bearer in any case, with the blank still percent-encoded too", async (t) => {
  const { port } = await start(t);
  for (const scheme of ["Bearer ", "bearer ", "BEARER  ", "Bearer%20"]) {
    const headers = { "content-type": "application/json", authorization: scheme + KEYS.ok };
    assert.equal((await exchange(port, { headers })).status, 200, scheme);
  }
  const basic = { "content-type": "application/json", authorization: `Basic ${KEYS.ok}` };
  assert.equal((await exchange(port, { headers: basic })).status, 401);
});
