import { z } from "zod";
import { AppError } from "#lib/errors.ts";
import { type Attempt, type Delivery, listDeliveries } from "#lib/notifications/delivery-log.ts";
import { findEndpoint } from "#lib/notifications/endpoint-rows.ts";
import { type Column, count, text, time } from "#lib/tables/column.ts";
import { exportKind } from "../export-kind.ts";

/** A delivery that waits for its first attempt is a row too. */
type Row = { readonly delivery: Delivery; readonly attempt: Attempt | null };

const AT_ONCE = 500;

const COLUMNS: readonly Column<Row>[] = [
  text("delivery", ({ delivery }) => delivery.id),
  text("event", ({ delivery }) => delivery.eventId),
  text("type", ({ delivery }) => delivery.eventType),
  time("event_at", ({ delivery }) => delivery.eventAt),
  text("about", ({ delivery }) => delivery.about),
  text("status", ({ delivery }) => delivery.status),
  text("replay_of", ({ delivery }) => delivery.replayOf),
  time("created_at", ({ delivery }) => delivery.createdAt),
  time("finished_at", ({ delivery }) => delivery.finishedAt),
  time("next_attempt_at", ({ delivery }) => delivery.nextAttemptAt),
  count("attempt", ({ attempt }) => attempt?.number),
  time("attempt_at", ({ attempt }) => attempt?.startedAt),
  count("latency_ms", ({ attempt }) => attempt?.latencyMs),
  count("http_status", ({ attempt }) => attempt?.httpStatus),
  text("failure", ({ attempt }) => attempt?.failure),
  text("answer", ({ attempt }) => attempt?.answer),
];

export const deliveries = exportKind({
  summary: "What a webhook was sent, newest first, a row for each attempt; for admins",
  parameters: z.strictObject({ id: z.uuid().meta({ description: "Of the webhook" }) }),
  read: async ({ sql, viewer, now }, { id }, sink) => {
    const endpoint = await findEndpoint(sql, viewer, id);
    if (endpoint === null) throw new AppError("There is no such webhook", { code: "not_found" });
    const add = await sink({
      name: `outlay-deliveries-${now.toISOString().slice(0, 10)}`,
      ...{ columns: COLUMNS, asOf: now, rowCount: null, total: null, currency: null },
    });
    let before: bigint | null = null;
    do {
      const page: readonly Delivery[] = await listDeliveries(sql, viewer, {
        ...{ endpointId: id, limit: AT_ONCE, before },
      });
      await add(page.flatMap(rowsOf));
      before = page.length < AT_ONCE ? null : (page.at(-1)?.seq ?? null);
    } while (before !== null);
  },
});

function rowsOf(delivery: Delivery): readonly Row[] {
  if (delivery.attempts.length === 0) return [{ delivery, attempt: null }];
  return delivery.attempts.map((attempt) => ({ delivery, attempt }));
}
