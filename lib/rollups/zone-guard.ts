import type { Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";

/** A writer added up by the days of a zone that the organisation has left. */
export class ZoneChangedError extends AppError {
  constructor() {
    super("the organisation's time zone has just changed; try again", {
      code: "unavailable",
      retryAfterSeconds: 1,
    });
  }
}

/**
 * Keeps figures of one zone out of rollups of another. To be asked with the
 * ledger locked, under which alone the zone changes.
 *
 * @throws {ZoneChangedError} when the organisation has another zone by now.
 */
export async function requireZone(tx: Tx, timeZone: string): Promise<void> {
  const [row] = await tx<{ time_zone: string }[]>`select time_zone from organization`;
  if (row !== undefined && row.time_zone !== timeZone) throw new ZoneChangedError();
}
