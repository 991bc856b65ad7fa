import type { RequestOrigin } from "#lib/audit/actor.ts";

/** Where a request came from; `sanitizeRequest` has seen to it that these headers are true. */
export function requestOrigin(headers: Headers): RequestOrigin {
  return {
    ip: headers.get("x-forwarded-for"),
    userAgent: headers.get("user-agent"),
    requestId: headers.get("x-request-id"),
  };
}
