import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

/** How long a link opens its file. */
export const LINK_DAYS = 7;

const TOKEN = /^([0-9a-f-]{36})\.(\d{1,12})\.([\w-]{43})$/;

/** The end of an address that opens a run's file for whoever holds it, until a time. */
export function linkToken(runId: string, until: Date, secret: string): string {
  const said = `${runId}.${Math.floor(until.getTime() / 1_000)}`;
  return `${said}.${signed(said, secret)}`;
}

/** The run whose file a token opens; null for forged, damaged and ended ones alike. */
export function readLinkToken(token: string, secret: string, now: Date): string | null {
  const [, runId = "", until = "", given = ""] = TOKEN.exec(token) ?? [];
  if (runId === "") return null;
  const expected = Buffer.from(signed(`${runId}.${until}`, secret));
  const isOurs = timingSafeEqual(expected, Buffer.from(given));
  return isOurs && Number(until) * 1_000 > now.getTime() ? runId : null;
}

function signed(text: string, secret: string): string {
  const key = Buffer.from(hkdfSync("sha256", secret, "outlay", "export link", 32));
  return createHmac("sha256", key).update(text).digest("base64url");
}
