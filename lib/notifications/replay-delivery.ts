import { requireAdmin } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { NOTIFICATION_CHANNEL } from "./emit-event.ts";
import { UUID } from "./endpoint-rows.ts";

/**
 * Sends a delivery's event to its endpoint once more, under the same
 * webhook-id, without waiting for others. One that is still on its way is tried
 * at once instead.
 *
 * @returns The id of the delivery that goes.
 * @throws {AppError} "not_found", "forbidden"; "conflict" when the endpoint is turned off.
 */
export async function replayDelivery(
  sql: SqlClient,
  viewer: Viewer,
  { id, now }: { id: string; now: Date },
): Promise<string> {
  requireAdmin(viewer);
  return await sql.begin(async (tx) => {
    const [old] = UUID.test(id)
      ? await tx<{ status: string; disabled: boolean }[]>`
          select delivery.status, endpoint.disabled_at is not null as disabled
            from webhook_delivery as delivery
            join webhook_endpoint as endpoint on endpoint.id = delivery.endpoint_id
           where delivery.id = ${id}`
      : [];
    if (old === undefined) throw new AppError("There is no such delivery", { code: "not_found" });
    if (old.disabled) {
      throw new AppError("The webhook is turned off: turn it on first", { code: "conflict" });
    }
    if (old.status === "pending") {
      await tx`
        update webhook_delivery set next_attempt_at = ${now} where id = ${id} and status = 'pending'`;
      await tx`select pg_notify(${NOTIFICATION_CHANNEL}, '')`;
      return id;
    }
    const [row] = await tx<{ id: string }[]>`
      insert into webhook_delivery (event_id, endpoint_id, replay_of, next_attempt_at)
      select event_id, endpoint_id, id, ${now} from webhook_delivery where id = ${id}
      returning id`;
    await tx`select pg_notify(${NOTIFICATION_CHANNEL}, '')`;
    if (row === undefined) throw new Error("the new delivery is gone");
    return row.id;
  });
}
