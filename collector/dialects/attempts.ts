import type { Attributes } from "../otlp/model.ts";
import { count } from "./attributes.ts";

/** OpenTelemetry's HTTP conventions, since 1.23 and before. Redirects count there, too. */
const RESENT = ["http.request.resend_count", "http.resend_count"];
/** No call is tried more often. */
const MOST = 1_000_000;

/**
 * Which try of a call an item tells of, 1 for the first: as the producer numbers
 * it, else by how often HTTP says that the request was sent again. Null when
 * neither is said, or not by a number that can be.
 *
 * @param numberedAs The key of producers that number tries themselves, from 1.
 */
export function attemptOf(attributes: Attributes, numberedAs?: string): number | null {
  const numbered = numberedAs === undefined ? null : count(attributes, numberedAs);
  const resent = count(attributes, ...RESENT);
  const attempt = numbered ?? (typeof resent === "number" ? resent + 1 : null);
  return typeof attempt === "number" && attempt >= 1 && attempt <= MOST ? attempt : null;
}
