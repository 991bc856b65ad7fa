import { Metadata, type StatusObject } from "@grpc/grpc-js";
import type { Failure } from "../otlp/failure.ts";
import { encodeStatus } from "../otlp/rpc-status.ts";

/**
 * A refusal as gRPC tells it, with the whole google.rpc.Status in the trailer
 * where exporters look for RetryInfo and BadRequest.
 */
export function grpcStatus(failure: Failure): StatusObject {
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(encodeStatus(failure, "protobuf")));
  // The library percent-encodes the details and throws on a lone surrogate.
  return { code: failure.grpcCode, details: failure.message.toWellFormed(), metadata };
}
