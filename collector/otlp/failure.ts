import { AppError, type AppErrorCode } from "#lib/errors.ts";

/** Why a request was refused, as both transports tell it. */
export type Failure = {
  readonly httpStatus: number;
  /** google.rpc.Code */
  readonly grpcCode: number;
  /** For the sender; never another program's error text. */
  readonly message: string;
  /** Only on failures that a retry can cure. Whole seconds. */
  readonly retryAfterSeconds?: number;
};

/**
 * OTLP clients retry 429, 502, 503 and 504 (in gRPC UNAVAILABLE), and drop the
 * batch on anything else: so what may pass is told as one of these and what
 * will never pass as none of them.
 */
const STATUS_OF_CODE: Record<AppErrorCode, { httpStatus: number; grpcCode: number }> = {
  invalid: { httpStatus: 400, grpcCode: 3 },
  conflict: { httpStatus: 400, grpcCode: 9 },
  closed_period: { httpStatus: 400, grpcCode: 9 },
  unauthenticated: { httpStatus: 401, grpcCode: 16 },
  forbidden: { httpStatus: 403, grpcCode: 7 },
  confirmation_required: { httpStatus: 403, grpcCode: 7 },
  second_factor_required: { httpStatus: 403, grpcCode: 7 },
  not_found: { httpStatus: 404, grpcCode: 12 },
  too_large: { httpStatus: 413, grpcCode: 8 },
  unsupported: { httpStatus: 415, grpcCode: 12 },
  rate_limited: { httpStatus: 429, grpcCode: 14 },
  unavailable: { httpStatus: 503, grpcCode: 14 },
};

const DEFAULT_RETRY_SECONDS = 3;
/** The JavaScript exporter drops a batch that is to wait longer than its timeout of 10 s leaves. */
const MAX_RETRY_SECONDS = 7;

/**
 * Maps what was thrown to what the sender is told. An error that nobody foresaw
 * counts as passing: the sender keeps the data and tries again.
 */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError)) {
    return failureOf(
      new AppError("the collector failed to store this request; retry", {
        code: "unavailable",
        cause: error,
      }),
    );
  }
  const status = STATUS_OF_CODE[error.code];
  const { message } = error;
  if (error.code !== "unavailable" && error.code !== "rate_limited") return { ...status, message };
  return { ...status, message, retryAfterSeconds: retrySeconds(error.retryAfterSeconds) };
}

function retrySeconds(wanted = DEFAULT_RETRY_SECONDS): number {
  return Math.min(MAX_RETRY_SECONDS, Math.max(1, Math.ceil(wanted)));
}
