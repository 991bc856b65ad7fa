import assert from "node:assert/strict";
import { test } from "node:test";
import { sanitizeRequest, trustedProxies } from "./sanitize-request.ts";

const trusted = trustedProxies(["10.0.0.0/8", "fd00::/8"]);
function clientOf(remoteAddress: string, forwarded?: string): unknown {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  const request = { headers, socket: { remoteAddress } } as never as Parameters<
    typeof sanitizeRequest
  >[0];
  sanitizeRequest(request, trusted);
  return request.headers["x-forwarded-for"];
}

test("only a trusted proxy is believed about where a request came from", () => {
  assert.equal(clientOf("192.0.2.1"), "192.0.2.1");
  assert.equal(clientOf("192.0.2.1", "198.51.100.9"), "192.0.2.1");
  assert.equal(clientOf("10.0.0.1", "198.51.100.9"), "198.51.100.9");
  assert.equal(clientOf("::ffff:10.0.0.1", "198.51.100.9"), "198.51.100.9");
  // The client wrote the first; the outer proxy the second, the inner one the third.
  assert.equal(clientOf("10.0.0.1", "1.1.1.1, 198.51.100.9, 10.0.0.7"), "198.51.100.9");
  assert.equal(clientOf("10.0.0.1", "not an address"), "10.0.0.1");
  assert.equal(clientOf("10.0.0.1"), "10.0.0.1");
});

test("headers that steer Next are nobody's to send, those about the host a proxy's only", () => {
  const headers = {
    "x-middleware-subrequest": "proxy:proxy",
    "x-outlay-path": "/x",
    "x-forwarded-host": "evil.example",
    "x-request-id": "mine",
  };
  const direct = { headers: { ...headers }, socket: { remoteAddress: "192.0.2.1" } };
  sanitizeRequest(direct as never, trusted);
  assert.deepEqual(Object.keys(direct.headers), ["x-request-id", "x-forwarded-for"]);
  assert.notEqual(direct.headers["x-request-id"], "mine");
  const proxied = { headers: { ...headers }, socket: { remoteAddress: "10.0.0.1" } };
  sanitizeRequest(proxied as never, trusted);
  assert.equal(proxied.headers["x-forwarded-host"], "evil.example");
  assert.equal(proxied.headers["x-middleware-subrequest"], undefined);
});
