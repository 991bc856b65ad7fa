import {
  type handleUnaryCall,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
} from "@grpc/grpc-js";
import type { OtlpSignal } from "../otlp/decoded.ts";
import { encodeExportResponse } from "../otlp/export-response.ts";
import type { OtlpServer } from "../otlp/otlp-server.ts";
import type { Receiver } from "../otlp/receiver.ts";
import { authenticateCalls } from "./authentication.ts";
import { grpcStatus } from "./grpc-status.ts";
import { exportService } from "./services.ts";

/** One message is held until its call is answered, so one connection may not open calls without end. */
const MAX_CALLS_PER_CONNECTION = 32;
const MAX_CONNECTION_IDLE_MS = 300_000;

const SIGNALS: readonly OtlpSignal[] = ["traces", "logs", "metrics"];

/**
 * OTLP/gRPC: unary Export of the three signals, gzip, the same limit, keys and
 * handler as OTLP/HTTP. A message over the limit ends in RESOURCE_EXHAUSTED
 * without RetryInfo, which exporters do not retry.
 */
export function createOtlpGrpcServer<Key>(options: {
  readonly receiver: Receiver<Key>;
}): OtlpServer {
  const { receiver } = options;
  const { interceptor, keyOf } = authenticateCalls(receiver);
  const server = new Server({
    interceptors: [interceptor],
    "grpc.max_receive_message_length": receiver.maxBodyBytes,
    "grpc.max_concurrent_streams": MAX_CALLS_PER_CONNECTION,
    "grpc.max_connection_idle_ms": MAX_CONNECTION_IDLE_MS,
  });
  for (const signal of SIGNALS) {
    const handler: handleUnaryCall<Buffer, Buffer> = (call, callback) => {
      take(receiver, signal, keyOf(call.metadata), call).then(
        (response) => {
          receiver.metrics.answered("grpc", signal, "0");
          callback(null, response);
        },
        (error: unknown) => {
          const status = grpcStatus(receiver.failure(error));
          receiver.metrics.answered("grpc", signal, String(status.code));
          callback(status);
        },
      );
    };
    server.addService(exportService(signal), { Export: handler });
  }
  return {
    listen: (port, host) => listen(server, port, host),
    stop: (deadlineMs) => stop(server, deadlineMs),
  };
}

async function take<Key>(
  receiver: Receiver<Key>,
  signal: OtlpSignal,
  key: Key,
  { request }: ServerUnaryCall<Buffer, Buffer>,
): Promise<Buffer> {
  const hold = receiver.bytesInFlight.open();
  try {
    hold.add(request.byteLength);
    const outcome = await receiver.receive(key, signal, "protobuf", request);
    return Buffer.from(encodeExportResponse(signal, "protobuf", outcome));
  } finally {
    hold.release();
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  const address = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
  return new Promise((resolve, reject) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
}

function stop(server: Server, deadlineMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), deadlineMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
