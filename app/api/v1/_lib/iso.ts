/** ISO 8601 in UTC, with milliseconds only where there are any. */
export function iso(at: Date): string {
  return at.toISOString().replace(".000Z", "Z");
}
