import type { SqlClient } from "#lib/db/client.ts";
import { readOnly } from "./read-only.ts";

/** What came with one ingest key so far. */
export type FirstEvent = {
  /** The newest row that counts; null while there is none. */
  readonly eventId: string | null;
  /** Something came with the key, whether or not it told of usage. */
  readonly keyUsed: boolean;
};

/**
 * Whether telemetry of a new key has arrived. Looks at the last two days of the
 * ledger only, because the key was made moments ago.
 */
export async function firstEvent(sql: SqlClient, keyId: string): Promise<FirstEvent> {
  return readOnly(sql, async (tx) => {
    const [event] = await tx<{ id: string }[]>`
      select id from usage_event
      where key_id = ${keyId} and counted and started_at >= now() - interval '2 days'
      order by started_at desc
      limit 1`;
    const [key] = await tx<{ used: boolean }[]>`
      select last_used_at is not null as used from access_key where id = ${keyId}`;
    return { eventId: event?.id ?? null, keyUsed: key?.used ?? false };
  });
}
