import type { ServiceDefinition, UntypedHandleCall } from "@grpc/grpc-js";
import type { OtlpSignal } from "../otlp/decoded.ts";

/**
 * The three collector services of opentelemetry-proto, each with one unary
 * method. Requests and responses stay bytes: the decoders are those of HTTP.
 */
export const EXPORT_PATHS = {
  traces: "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
  logs: "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
  metrics: "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
} as const satisfies Record<OtlpSignal, string>;

export type ExportService = ServiceDefinition<{ Export: UntypedHandleCall }>;

export function exportService(signal: OtlpSignal): ExportService {
  return {
    Export: {
      path: EXPORT_PATHS[signal],
      requestStream: false,
      responseStream: false,
      requestSerialize: (bytes: Buffer) => bytes,
      requestDeserialize: (bytes: Buffer) => bytes,
      responseSerialize: (bytes: Buffer) => bytes,
      responseDeserialize: (bytes: Buffer) => bytes,
    },
  };
}
