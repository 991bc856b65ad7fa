/**
 * Export…ServiceResponse: partial_success 1
 * Export…PartialSuccess:  rejected_… 1 int64 · error_message 2 string
 *
 * Full success leaves partial_success unset, which makes the message empty.
 */

import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Encoding, OtlpSignal } from "./decoded.ts";

/** What became of a request that could be read: items it lost for good, and why. */
export type ExportOutcome = {
  readonly rejected: number;
  /** English, for the sender's log. With nothing rejected it is a warning. */
  readonly message: string;
};

/** Far below the 4 MiB that a response may have. */
const MAX_MESSAGE_CHARS = 1000;

const REJECTED_FIELD = {
  traces: "rejectedSpans",
  logs: "rejectedLogRecords",
  metrics: "rejectedDataPoints",
} as const;

export function encodeExportResponse(
  signal: OtlpSignal,
  encoding: Encoding,
  outcome: ExportOutcome,
): Uint8Array {
  const { rejected } = outcome;
  const message = outcome.message.slice(0, MAX_MESSAGE_CHARS);
  return encoding === "json"
    ? jsonResponse(signal, rejected, message)
    : protobufResponse(rejected, message);
}

function protobufResponse(rejected: number, message: string): Uint8Array {
  const writer = new BinaryWriter();
  if (rejected > 0 || message !== "") {
    writer.tag(1, WireType.LengthDelimited).fork();
    if (rejected > 0) writer.tag(1, WireType.Varint).int64(rejected);
    if (message !== "") writer.tag(2, WireType.LengthDelimited).string(message);
    writer.join();
  }
  return writer.finish();
}

function jsonResponse(signal: OtlpSignal, rejected: number, message: string): Uint8Array {
  if (rejected === 0 && message === "") return Buffer.from("{}");
  const partialSuccess = {
    // int64 is a string in proto3 JSON.
    ...(rejected > 0 ? { [REJECTED_FIELD[signal]]: String(rejected) } : {}),
    ...(message === "" ? {} : { errorMessage: message }),
  };
  return Buffer.from(JSON.stringify({ partialSuccess }));
}
