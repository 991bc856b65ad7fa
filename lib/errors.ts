import { inEnglish, type Reason } from "./refusals/reason.ts";

/**
 * Failures a caller can act on. Everything else is a bug and stays a plain
 * Error: it becomes a 500 or 503 and a log line, never a friendly message.
 *
 * Each edge maps `code` once: the collector to an OTLP status, the web's API to
 * an RFC 9457 problem, the command line to an exit code.
 */
export type AppErrorCode =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "confirmation_required"
  | "second_factor_required"
  | "not_found"
  | "conflict"
  | "closed_period"
  | "too_large"
  | "unsupported"
  | "rate_limited"
  | "unavailable";

export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: AppErrorCode;
  /** Seconds after which the same request may succeed; only with "unavailable" and "rate_limited". */
  readonly retryAfterSeconds: number | undefined;

  /** What pages tell in their reader's language; undefined where there are English words only. */
  readonly reason: Reason | undefined;

  constructor(
    why: string | Reason,
    options: ErrorOptions & { code: AppErrorCode; retryAfterSeconds?: number },
  ) {
    super(typeof why === "string" ? why : inEnglish(why), options);
    this.reason = typeof why === "string" ? undefined : why;
    this.code = options.code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Makes a switch over a union fail to compile when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unreachable: ${String(value)}`);
}
