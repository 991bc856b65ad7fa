import { requireAdmin } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { UUID } from "./endpoint-rows.ts";

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
  /** The name of the budget, anomaly, model or webhook that it is about. */
  readonly about: string | null;
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
  const text = before?.toString() ?? null;
  return await withAttempts(
    sql,
    (tx) => tx<Omit<Delivery, "attempts">[]>`
      ${selectDelivery(tx)}
       where delivery.endpoint_id = ${endpointId}
         and (${status}::text is null or delivery.status = ${status})
         and (${text}::bigint is null or delivery.seq < ${text}::bigint)
       order by delivery.seq desc
       limit ${limit}`,
  );
}

/** One delivery; null when there is none. @throws {AppError} "forbidden" for all but admins. */
export async function findDelivery(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
): Promise<Delivery | null> {
  requireAdmin(viewer);
  if (!UUID.test(id)) return null;
  const [found] = await withAttempts(
    sql,
    (tx) => tx<Omit<Delivery, "attempts">[]>`
      ${selectDelivery(tx)} where delivery.id = ${id}`,
  );
  return found ?? null;
}

function selectDelivery(sql: Tx) {
  return sql`
    select delivery.id, delivery.seq, delivery.endpoint_id as "endpointId",
           event.id as "eventId", event.type as "eventType", event.occurred_at as "eventAt",
           coalesce(event.data #>> '{budget,name}', event.data #>> '{anomaly,title}',
                    event.data #>> '{endpoint,name}', event.data ->> 'model') as about,
           delivery.status, delivery.replay_of as "replayOf", delivery.created_at as "createdAt",
           delivery.finished_at as "finishedAt",
           case when delivery.status = 'pending' then delivery.next_attempt_at end
             as "nextAttemptAt"
      from webhook_delivery as delivery
      join notification_event as event on event.id = delivery.event_id`;
}

/** As of one moment: a delivery under way says nothing that its attempts do not. */
async function withAttempts(
  sql: SqlClient,
  read: (tx: Tx) => Promise<readonly Omit<Delivery, "attempts">[]>,
): Promise<readonly Delivery[]> {
  return await sql.begin("isolation level repeatable read read only", async (tx) => {
    const deliveries = await read(tx);
    const rows = await tx<(Attempt & { deliveryId: string })[]>`
      select delivery_id as "deliveryId", number, started_at as "startedAt",
             latency_ms as "latencyMs", http_status as "httpStatus", failure, answer,
             next_attempt_at as "nextAttemptAt"
        from webhook_attempt
       where delivery_id = any(${deliveries.map(({ id }) => id)}::uuid[])
       order by delivery_id, number`;
    const found = Map.groupBy(rows, ({ deliveryId }) => deliveryId);
    return deliveries.map((delivery) => ({
      ...delivery,
      attempts: (found.get(delivery.id) ?? []).map(({ deliveryId: _, ...attempt }) => attempt),
    }));
  });
}
