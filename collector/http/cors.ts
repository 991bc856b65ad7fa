import type { OutgoingHttpHeaders } from "node:http";

const PREFLIGHT: OutgoingHttpHeaders = {
  "access-control-allow-methods": "POST",
  "access-control-allow-headers": "authorization, content-encoding, content-type, x-api-key",
  "access-control-max-age": "7200",
};

/** Headers that let a page of this origin read the answer; none for an origin that is not on the list. */
export function corsHeaders(
  origin: string | undefined,
  allowed: ReadonlySet<string>,
): OutgoingHttpHeaders {
  if (allowed.size === 0) return {};
  if (origin === undefined || !allowed.has(origin)) return { vary: "Origin" };
  return {
    vary: "Origin",
    "access-control-allow-origin": origin,
    "access-control-expose-headers": "retry-after",
  };
}

/** What an allowed origin's preflight is answered with, or null when there is nothing to allow. */
export function preflightHeaders(
  origin: string | undefined,
  allowed: ReadonlySet<string>,
): OutgoingHttpHeaders | null {
  if (origin === undefined || !allowed.has(origin)) return null;
  return { ...corsHeaders(origin, allowed), ...PREFLIGHT };
}
