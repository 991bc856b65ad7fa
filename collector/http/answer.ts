import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Encoding } from "../otlp/decoded.ts";
import type { Failure } from "../otlp/failure.ts";
import { encodeStatus } from "../otlp/rpc-status.ts";

export const CONTENT_TYPE = {
  protobuf: "application/x-protobuf",
  json: "application/json",
} as const;

/** An upload that nobody wants any more is read to its end up to here, then cut. */
const MAX_DRAINED_BYTES = 128 * 1024 * 1024;
const MAX_DRAIN_MS = 10_000;

export function answer(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders,
  body: Uint8Array | string,
): void {
  if (response.headersSent || response.destroyed) return;
  const length = status === 204 ? {} : { "content-length": Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
  drain(response.req);
}

/** Answers a refusal with a google.rpc.Status in the request's encoding. */
export function answerFailure(
  response: ServerResponse,
  failure: Failure,
  encoding: Encoding,
  headers: OutgoingHttpHeaders = {},
): void {
  const { httpStatus, retryAfterSeconds } = failure;
  const all = {
    ...headers,
    "content-type": CONTENT_TYPE[encoding],
    ...(httpStatus === 401 ? { "www-authenticate": "Bearer" } : {}),
    ...(httpStatus === 415 ? { "accept-encoding": "gzip, identity" } : {}),
    ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
  };
  answer(response, httpStatus, all, encodeStatus(failure, encoding));
}

/**
 * Reads what the sender is still sending. Closing at once would reset the
 * connection, and the sender would never see its answer.
 */
function drain(request: IncomingMessage): void {
  if (request.complete) return;
  let drained = 0;
  const cut = () => request.socket.destroy();
  const timer = setTimeout(cut, MAX_DRAIN_MS).unref();
  request.once("close", () => clearTimeout(timer));
  request.on("data", (chunk: Buffer) => {
    drained += chunk.length;
    if (drained > MAX_DRAINED_BYTES) cut();
  });
  request.resume();
}
