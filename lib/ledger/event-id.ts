import { hash } from "node:crypto";

declare const eventId: unique symbol;
/** A version 8 UUID, lower case. */
export type EventId = string & { readonly [eventId]: true };

/**
 * The ledger's id of an item: 48 bits of its time, then a hash of the
 * producer's own identity (RFC 9562, version 8). A re-delivery therefore gets
 * the same id in whichever collector it arrives, ids sort by time, and an id
 * alone tells in which day's partition its row is.
 */
export function eventIdOf(identity: string, startedAtMs: number): EventId {
  const time = Math.max(0, Math.trunc(startedAtMs)).toString(16).padStart(12, "0").slice(-12);
  const digest = hash("sha256", identity, "hex");
  const variant = ((Number.parseInt(digest.charAt(3), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-8${digest.slice(0, 3)}-${variant}${digest.slice(4, 7)}-${digest.slice(7, 19)}` as EventId;
}

/** The start time that an id carries, in epoch milliseconds; null when it is no id of ours. */
export function startOfEventId(id: string): number | null {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))
    return null;
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
