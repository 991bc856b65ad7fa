import { setTimeout as sleep } from "node:timers/promises";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type Delivery, findDelivery } from "./delivery-log.ts";

const LOOK_MS = 100;

/**
 * The delivery once it has been attempted, or as it stands when the time is
 * over; null when it is gone. For whoever asked for it and waits for the answer.
 *
 * @throws {AppError} "forbidden" for all but admins.
 */
export async function afterFirstAttempt(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  patienceMs: number,
): Promise<Delivery | null> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const delivery = await findDelivery(sql, viewer, id);
    const isOver = delivery === null || delivery.attempts.length > 0;
    if (isOver || performance.now() >= deadline) return delivery;
    await sleep(LOOK_MS);
  }
}
