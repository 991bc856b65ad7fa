import type { SqlClient } from "#lib/db/client.ts";
import type { Log } from "#lib/log.ts";
import { changeZone } from "#lib/organization/change-zone.ts";
import { startRunner } from "./runner.ts";

/**
 * Carries out changes of the organisation's zone. Any number of workers may do
 * so at once.
 *
 * @returns a function that stops it, once the change under way has ended.
 */
export function startZoneRunner(sql: SqlClient, log: Log, clock: () => Date): () => Promise<void> {
  const step = async () => {
    await changeZone(sql, clock);
    return undefined;
  };
  const rest = { restMs: 2_000, afterFailureMs: 10_000 };
  return startRunner({ step, ...rest, failure: "a change of the time zone is tried again" }, log);
}
