/**
 * The least id that an event of this time, or later, can have: ids begin with
 * 48 bits of epoch milliseconds (lib/ledger/event-id.ts), so a range of ids is
 * a range of time.
 */
export function eventIdFloor(ms: number): string {
  const time = Math.max(0, Math.trunc(ms)).toString(16).padStart(12, "0").slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-0000-0000-000000000000`;
}
