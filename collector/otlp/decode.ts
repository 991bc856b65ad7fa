import { AppError } from "#lib/errors.ts";
import type { DecodedExport, Encoding, OtlpSignal } from "./decoded.ts";
import { decodeLogsJson } from "./json/logs.ts";
import { decodeMetricsJson } from "./json/metrics.ts";
import { decodeTracesJson } from "./json/traces.ts";
import { decodeLogs } from "./protobuf/logs.ts";
import { decodeMetrics } from "./protobuf/metrics.ts";
import { decodeTraces } from "./protobuf/traces.ts";

/**
 * Decodes the body of an export request.
 *
 * @throws {AppError} "invalid" when the bytes are not such a request, "too_large"
 *   when they unfold to more than one request may hold.
 */
export function decodeExport(
  signal: OtlpSignal,
  encoding: Encoding,
  bytes: Uint8Array,
): DecodedExport {
  const isJson = encoding === "json";
  try {
    switch (signal) {
      case "traces":
        return { signal, ...(isJson ? decodeTracesJson(bytes) : decodeTraces(bytes)) };
      case "logs":
        return { signal, ...(isJson ? decodeLogsJson(bytes) : decodeLogs(bytes)) };
      case "metrics":
        return { signal, ...(isJson ? decodeMetricsJson(bytes) : decodeMetrics(bytes)) };
    }
  } catch (error) {
    if (error instanceof AppError || isJson) throw error;
    // The wire reader says what is wrong with the bytes and never quotes them.
    const detail = error instanceof Error ? error.message : "unreadable";
    throw new AppError(`malformed protobuf: ${detail}`, { code: "invalid", cause: error });
  }
}
