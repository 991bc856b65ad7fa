/**
 * Whether a browser sent this from a page that is not ours. Cookies go along
 * with such requests, so whoever takes a cookie for a change asks this first
 * (ASVS 3.5.1). Programs send neither header, and no cookie of somebody else.
 */
export function isForeignRequest(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin";
  const origin = headers.get("origin");
  if (origin === null) return false;
  const host = headers.get("x-forwarded-host") ?? headers.get("host");
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
