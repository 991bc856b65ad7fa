import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { AppError } from "#lib/errors.ts";
import { secretOf } from "../otlp/credential.ts";
import type { Encoding, OtlpSignal } from "../otlp/decoded.ts";
import { encodeExportResponse } from "../otlp/export-response.ts";
import type { Failure } from "../otlp/failure.ts";
import type { Receiver } from "../otlp/receiver.ts";
import { answer, answerFailure, CONTENT_TYPE } from "./answer.ts";
import { checkBodyHeaders, readBody, SenderGone } from "./body.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";

const SIGNAL_OF_PATH = new Map<string, OtlpSignal>([
  ["/v1/traces", "traces"],
  ["/v1/logs", "logs"],
  ["/v1/metrics", "metrics"],
]);

export function signalOfPath(path: string): OtlpSignal | undefined {
  return SIGNAL_OF_PATH.get(path);
}

export type ExportRoute<Key> = {
  readonly receiver: Receiver<Key>;
  readonly corsOrigins: ReadonlySet<string>;
  /** True once the server takes nothing new. */
  readonly isStopping: () => boolean;
};

/** How one request arrived: with `Expect: 100-continue` the sender waits for our word to send its body. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly awaitsContinue: boolean;
};

/**
 * `POST /v1/{traces,logs,metrics}` as OTLP/HTTP specifies it: the answer, an
 * error too, uses the request's encoding; 200 means stored; the key is checked
 * before the body is read.
 */
export async function serveExport<Key>(
  route: ExportRoute<Key>,
  signal: OtlpSignal,
  exchange: Exchange,
): Promise<void> {
  const { request, response } = exchange;
  const { origin } = request.headers;
  const encoding = encodingOf(request.headers["content-type"]);
  const headers: OutgoingHttpHeaders = {
    ...corsHeaders(origin, route.corsOrigins),
    ...(exchange.awaitsContinue || route.isStopping() ? { connection: "close" } : {}),
  };
  if (request.method !== "POST") {
    const preflight =
      request.method === "OPTIONS" ? preflightHeaders(origin, route.corsOrigins) : null;
    if (preflight !== null) answer(response, 204, preflight, "");
    else
      answerFailure(response, METHOD_NOT_ALLOWED, encoding ?? "json", {
        ...headers,
        allow: "POST",
      });
    return;
  }
  try {
    if (encoding === null) throw unsupportedType();
    const body = await takeExport(route, signal, encoding, exchange);
    answer(response, 200, { ...headers, "content-type": CONTENT_TYPE[encoding] }, body);
  } catch (error) {
    if (error instanceof SenderGone) return;
    answerFailure(response, route.receiver.failure(error), encoding ?? "json", headers);
  }
  route.receiver.metrics.answered("http", signal, String(response.statusCode));
}

const METHOD_NOT_ALLOWED: Failure = {
  httpStatus: 405,
  grpcCode: 12,
  message: "only POST is allowed here",
};

async function takeExport<Key>(
  { receiver, isStopping }: ExportRoute<Key>,
  signal: OtlpSignal,
  encoding: Encoding,
  { request, response, awaitsContinue }: Exchange,
): Promise<Uint8Array> {
  if (isStopping()) throw new AppError("the collector is stopping; retry", { code: "unavailable" });
  const { headers } = request;
  const key = await receiver.authenticate(
    secretOf(oneOf(headers["x-api-key"]), headers.authorization),
  );

  const maxBytes = receiver.maxBodyBytes;
  checkBodyHeaders(request, maxBytes);
  if (awaitsContinue) response.writeContinue();
  const hold = receiver.bytesInFlight.open();
  try {
    const body = await readBody(request, { maxBytes, hold });
    return encodeExportResponse(
      signal,
      encoding,
      await receiver.receive(key, signal, encoding, body),
    );
  } finally {
    hold.release();
  }
}

function encodingOf(contentType: string | undefined): Encoding | null {
  const mediaType = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType === CONTENT_TYPE.protobuf) return "protobuf";
  return mediaType === CONTENT_TYPE.json ? "json" : null;
}

function unsupportedType(): AppError {
  const message = "Content-Type must be application/x-protobuf or application/json";
  return new AppError(message, { code: "unsupported" });
}

function oneOf(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "object" ? header[0] : header;
}
