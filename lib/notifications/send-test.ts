import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { emitEvent } from "./emit-event.ts";
import { findEndpoint } from "./endpoint-rows.ts";

/**
 * Sends a `webhook.test` to one endpoint, the way every event goes.
 *
 * @returns The event, which the receiver knows by that id, and its delivery.
 * @throws {AppError} "not_found", "forbidden"; "conflict" when it is turned off.
 */
export async function sendTest(
  sql: SqlClient,
  viewer: Viewer,
  { id, publicUrl, now }: { id: string; publicUrl: string; now: Date },
): Promise<{ readonly eventId: string; readonly deliveryId: string }> {
  return await sql.begin(async (tx) => {
    const endpoint = await findEndpoint(tx, viewer, id);
    if (endpoint === null) throw new AppError("There is no such webhook", { code: "not_found" });
    if (endpoint.disabledAt !== null) {
      throw new AppError("The webhook is turned off: turn it on first", { code: "conflict" });
    }
    const url = `${publicUrl}/settings/webhooks/${id}`;
    const eventId = await emitEvent(tx, {
      type: "webhook.test",
      data: { endpoint: { id, name: endpoint.name }, url },
      ...{ orderKey: null, team: null, at: now, endpointId: id },
    });
    await tx`update notification_event set dispatched_at = ${now} where id = ${eventId}`;
    const [row] = await tx<{ id: string }[]>`
      insert into webhook_delivery (event_id, endpoint_id, next_attempt_at)
      values (${eventId}, ${id}, ${now}) returning id`;
    if (row === undefined) throw new Error("the new delivery is gone");
    return { eventId, deliveryId: row.id };
  });
}
