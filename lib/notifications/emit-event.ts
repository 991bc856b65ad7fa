import type { JSONValue } from "postgres";
import type { Tx } from "#lib/db/client.ts";
import { checkEvent, type TypedEvent } from "./event-types.ts";

/** A listener of this channel looks for events to send. */
export const NOTIFICATION_CHANNEL = "outlay_notifications";

export type NewEvent = TypedEvent & {
  /**
   * Events of one key reach an endpoint in the order in which they were
   * committed: a budget's id, an anomaly's. Null: in any order.
   */
  readonly orderKey: string | null;
  /** Whose event it is; null for the whole organisation. Endpoints may ask for some teams only. */
  readonly team: string | null;
  /** When it happened; default: the transaction's time. */
  readonly at?: Date;
  /** For one endpoint alone. */
  readonly endpointId?: string;
};

/**
 * Writes an event to the outbox in the caller's transaction: it is sent if and
 * only if that commits, at least once, within about a second.
 *
 * @returns The event's id, which receivers see as webhook-id.
 * @throws {Error} when the data is not what its type says.
 */
export async function emitEvent(tx: Tx, event: NewEvent): Promise<string> {
  checkEvent(event);
  const { type, data, orderKey, team, at, endpointId } = event;
  const [row] = await tx<{ id: string }[]>`
    insert into notification_event (type, data, order_key, team, occurred_at, endpoint_id)
    values (${type}, ${tx.json(data as JSONValue)}, ${orderKey}, ${team},
            coalesce(${at ?? null}::timestamptz, now()), ${endpointId ?? null})
    returning id`;
  await tx`select pg_notify(${NOTIFICATION_CHANNEL}, '')`;
  if (row === undefined) throw new Error("the outbox gave no id");
  return row.id;
}
