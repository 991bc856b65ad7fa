import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { NOTIFICATION_CHANNEL } from "./emit-event.ts";
import { UUID } from "./endpoint-rows.ts";
import { requireAdmin } from "./require-admin.ts";

export type Attempt = {
  readonly number: number;
  readonly startedAt: Date;
  readonly latencyMs: number;
  readonly httpStatus: number | null;
  readonly failure: string | null;
  readonly answer: string | null;
  readonly nextAttemptAt: Date | null;
};

export type Delivery = {
  readonly id: string;
  readonly seq: bigint;
  readonly endpointId: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly eventAt: Date;
  readonly status: "pending" | "delivered" | "failed";
  readonly replayOf: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  /** Null when it is finished. */
  readonly nextAttemptAt: Date | null;
  readonly attempts: readonly Attempt[];
};

/**
 * An endpoint's deliveries, the newest first, with every attempt.
 *
 * @param before The `seq` of the last one of the page before; null for the first page.
 * @throws {AppError} "forbidden" for all but admins.
 */
export async function listDeliveries(
  sql: SqlClient,
  viewer: Viewer,
  {
    endpointId,
    status = null,
    limit,
    before,
  }: {
    readonly endpointId: string;
    readonly status?: Delivery["status"] | null;
    readonly limit: number;
    readonly before: bigint | null;
  },
): Promise<readonly Delivery[]> {
  requireAdmin(viewer);
  const rows = await sql<Omit<Delivery, "attempts">[]>`
    select delivery.id, delivery.seq, delivery.endpoint_id as "endpointId",
           event.id as "eventId", event.type as "eventType", event.occurred_at as "eventAt",
           delivery.status, delivery.replay_of as "replayOf", delivery.created_at as "createdAt",
           delivery.finished_at as "finishedAt",
           case when delivery.status = 'pending' then delivery.next_attempt_at end
             as "nextAttemptAt"
      from webhook_delivery as delivery
      join notification_event as event on event.id = delivery.event_id
     where delivery.endpoint_id = ${endpointId}
       and (${status}::text is null or delivery.status = ${status})
       and (${before?.toString() ?? null}::bigint is null
            or delivery.seq < ${before?.toString() ?? null}::bigint)
     order by delivery.seq desc
     limit ${limit}`;
  const attempts = await attemptsOf(sql, rows);
  return rows.map((row) => ({ ...row, attempts: attempts.get(row.id) ?? [] }));
}

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

async function attemptsOf(
  sql: SqlClient,
  deliveries: readonly { readonly id: string }[],
): Promise<Map<string, Attempt[]>> {
  const rows = await sql<(Attempt & { deliveryId: string })[]>`
    select delivery_id as "deliveryId", number, started_at as "startedAt",
           latency_ms as "latencyMs", http_status as "httpStatus", failure, answer,
           next_attempt_at as "nextAttemptAt"
      from webhook_attempt
     where delivery_id = any(${deliveries.map(({ id }) => id)}::uuid[])
     order by delivery_id, number`;
  const found = new Map<string, Attempt[]>();
  for (const { deliveryId, ...attempt } of rows) {
    const list = found.get(deliveryId);
    if (list === undefined) found.set(deliveryId, [attempt]);
    else list.push(attempt);
  }
  return found;
}
