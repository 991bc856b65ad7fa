import type { SqlClient } from "#lib/db/client.ts";
import type { Format, StoredEvent } from "./formats/format.ts";
import type { Language } from "./phrases/language.ts";

/** A delivery that this worker alone may attempt until its lease ends. */
export type ClaimedDelivery = {
  readonly id: string;
  readonly lease: string;
  readonly attempts: number;
  readonly endpointId: string;
  readonly endpointName: string;
  readonly format: Format;
  readonly language: Language;
  readonly sealedTarget: Buffer;
  readonly sealedSecret: Buffer | null;
  readonly sealedOldSecret: Buffer | null;
  readonly oldSecretUntil: Date | null;
  readonly event: StoredEvent;
};

/** Longer than an attempt can take: what is leased beyond it belonged to a worker that was killed. */
export const LEASE_MS = 30_000;

/** Of one endpoint at once in one worker, so that a slow one holds up no other. */
export const MOST_PER_ENDPOINT = 8;

type Row = Omit<ClaimedDelivery, "event"> & {
  readonly eventId: string;
  readonly type: string;
  readonly at: Date;
  readonly data: unknown;
};

/**
 * Takes deliveries that are due, each for one worker only. Of one order key and
 * endpoint only the first may go: the next waits until it has arrived or was
 * given up.
 *
 * @param lease Names the claim; settling asks for it.
 */
export async function claimDeliveries(
  sql: SqlClient,
  {
    most,
    busy,
    lease,
    now,
  }: {
    readonly most: number;
    /** Endpoints that this worker has enough under way for. */
    readonly busy: readonly string[];
    readonly lease: string;
    readonly now: Date;
  },
): Promise<readonly ClaimedDelivery[]> {
  const rows = await sql<Row[]>`
    with due as materialized (
      select delivery.id
        from webhook_endpoint as endpoint
       cross join lateral (
         select d.id
           from webhook_delivery as d
          where d.endpoint_id = endpoint.id
            and d.status = 'pending'
            and d.next_attempt_at <= ${now}
            and (d.leased_until is null or d.leased_until < ${now})
            and not exists (
              select from webhook_delivery as earlier
               where earlier.endpoint_id = d.endpoint_id
                 and earlier.order_key = d.order_key
                 and earlier.status = 'pending'
                 and earlier.seq < d.seq)
          order by d.next_attempt_at, d.seq
          limit ${MOST_PER_ENDPOINT}
            for update of d skip locked
       ) as delivery
       where endpoint.disabled_at is null
         and not endpoint.id = any(${busy}::uuid[])
       limit ${most}
    ), claimed as (
      update webhook_delivery
         set leased_until = ${new Date(now.getTime() + LEASE_MS)}, leased_by = ${lease}
       where id in (select id from due)
      returning id, seq, attempts, endpoint_id, event_id
    )
    select claimed.id, ${lease}::text as lease, claimed.attempts,
           endpoint.id as "endpointId", endpoint.name as "endpointName", endpoint.format,
           endpoint.language,
           endpoint.sealed_target as "sealedTarget", endpoint.sealed_secret as "sealedSecret",
           endpoint.sealed_old_secret as "sealedOldSecret",
           endpoint.old_secret_until as "oldSecretUntil",
           event.id as "eventId", event.type, event.occurred_at as at, event.data
      from claimed
      join webhook_endpoint as endpoint on endpoint.id = claimed.endpoint_id
      join notification_event as event on event.id = claimed.event_id
     order by claimed.seq`;
  return rows.map(({ eventId, type, at, data, ...row }) => ({
    ...row,
    // Checked when it was written.
    event: { id: eventId, at, type, data } as StoredEvent,
  }));
}
