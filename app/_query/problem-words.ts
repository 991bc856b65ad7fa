import type { Reason } from "#lib/refusals/reason.ts";
import { told } from "#lib/refusals/told.ts";

/** What a failed answer of the API says, in the reader's language where it has a code for it. */
export function problemWords(
  body: { readonly detail?: string; readonly reason?: Reason },
  otherwise: string,
  locale: string,
): string {
  return body.reason === undefined ? (body.detail ?? otherwise) : told(body.reason, locale);
}
