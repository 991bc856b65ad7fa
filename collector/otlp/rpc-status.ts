/**
 * The body of every refusal, https://github.com/googleapis/googleapis/tree/master/google/rpc
 *
 * Status      code 1 varint · message 2 string · details 3 Any
 * Any         type_url 1 string · value 2 bytes
 * BadRequest  field_violations 1 { field 1 string · description 2 string }
 * RetryInfo   retry_delay 1 Duration { seconds 1 varint }
 */

import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Encoding } from "./decoded.ts";
import type { Failure } from "./failure.ts";

const INVALID_ARGUMENT = 3;
const BAD_REQUEST = "type.googleapis.com/google.rpc.BadRequest";
const RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";

export function encodeStatus(failure: Failure, encoding: Encoding): Uint8Array {
  return encoding === "json" ? jsonStatus(failure) : protobufStatus(failure);
}

function protobufStatus(failure: Failure): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int32(failure.grpcCode);
  writer.tag(2, WireType.LengthDelimited).string(failure.message);
  if (failure.grpcCode === INVALID_ARGUMENT) detail(writer, BAD_REQUEST, badRequest(failure));
  if (failure.retryAfterSeconds !== undefined) {
    detail(writer, RETRY_INFO, retryInfo(failure.retryAfterSeconds));
  }
  return writer.finish();
}

function detail(writer: BinaryWriter, typeUrl: string, value: Uint8Array): void {
  writer.tag(3, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.LengthDelimited).string(typeUrl);
  writer.tag(2, WireType.LengthDelimited).bytes(value);
  writer.join();
}

function badRequest({ message }: Failure): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.LengthDelimited).string("body");
  writer.tag(2, WireType.LengthDelimited).string(message);
  return writer.join().finish();
}

function retryInfo(seconds: number): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.Varint).int64(seconds);
  return writer.join().finish();
}

function jsonStatus({ grpcCode, message, retryAfterSeconds }: Failure): Uint8Array {
  const details = [];
  if (grpcCode === INVALID_ARGUMENT) {
    const fieldViolations = [{ field: "body", description: message }];
    details.push({ "@type": BAD_REQUEST, fieldViolations });
  }
  if (retryAfterSeconds !== undefined) {
    details.push({ "@type": RETRY_INFO, retryDelay: `${retryAfterSeconds}s` });
  }
  const status = { code: grpcCode, message, ...(details.length > 0 ? { details } : {}) };
  return Buffer.from(JSON.stringify(status));
}
