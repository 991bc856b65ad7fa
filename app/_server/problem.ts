import { AppError, type AppErrorCode } from "#lib/errors.ts";
import { createLog } from "#lib/log.ts";

const log = createLog("web");

const STATUS: { readonly [Code in AppErrorCode]: number } = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  confirmation_required: 403,
  second_factor_required: 403,
  not_found: 404,
  conflict: 409,
  closed_period: 409,
  too_large: 413,
  unsupported: 415,
  rate_limited: 429,
  unavailable: 503,
};

/**
 * The answer to a failed API request (RFC 9457). Failures that a caller can act
 * on keep their words; anything else is logged here and told as nothing but 500.
 */
export function problemResponse(error: unknown): Response {
  if (error instanceof AppError) {
    return problem(STATUS[error.code], error.code, error.message, error);
  }
  log.error("a request failed", {
    error: error instanceof Error ? error : new Error(String(error)),
  });
  return problem(500, "internal", "Something broke on our side; the log has the details");
}

function problem(
  status: number,
  code: string,
  detail: string,
  { reason, retryAfterSeconds: retryAfter }: Partial<AppError> = {},
): Response {
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  if (retryAfter !== undefined) headers.set("retry-after", String(retryAfter));
  if (status === 401) headers.set("www-authenticate", 'Bearer realm="outlay"');
  return Response.json(
    { type: "about:blank", title: TITLE[status], status, code, detail, reason },
    {
      status,
      headers,
    },
  );
}

const TITLE: { readonly [status: number]: string } = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};
