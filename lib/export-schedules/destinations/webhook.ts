import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { emitEvent } from "#lib/notifications/emit-event.ts";
import type { ClaimedRun } from "../claim-run.ts";
import type { Delivered, Destination } from "../destination.ts";
import { LINK_DAYS, linkToken } from "../file-link.ts";
import type { ScheduledControl } from "../sidecar.ts";

const PIECE_BYTES = 1024 * 1024;
/** The database keeps these files for a week; larger ones belong into a storage. */
const MOST_BYTES = 1024 ** 3;
const DAY_MS = 86_400_000;

export type WebhookDeps = {
  readonly sql: SqlClient;
  readonly secret: string;
  readonly publicUrl: string;
};

/**
 * An endpoint of the notifications: it is sent `export.ready` with the control
 * totals and a link to the file, which waits in the database. The event goes
 * into the outbox together with the log's entry, and is signed, tried again and
 * kept like every other.
 */
export function webhookDestination(
  { sql, secret, publicUrl }: WebhookDeps,
  {
    run,
    endpointId,
    now,
  }: { readonly run: ClaimedRun; readonly endpointId: string; readonly now: Date },
): Destination {
  return {
    deliver: async ({ runId, body, sidecar }, signal): Promise<Delivered> => {
      const endpoint = await requireEndpoint(sql, endpointId);
      await keepPieces(sql, runId, body, signal);
      const expiresAt = new Date(now.getTime() + LINK_DAYS * DAY_MS);
      const control = JSON.parse(sidecar()) as ScheduledControl;
      const announce = (tx: Tx) =>
        emitEvent(tx, {
          type: "export.ready",
          data: {
            schedule: { id: run.scheduleId, name: run.scheduleName },
            period_start: run.periodFrom.toISOString(),
            period_end: run.periodTo.toISOString(),
            ...{ control, closed_months: [...control.closed_months] },
            download_url: `${publicUrl}/exports/file/${linkToken(runId, expiresAt, secret)}`,
            download_expires_at: expiresAt.toISOString(),
            ...{ as_of: control.as_of, url: `${publicUrl}/exports/schedules/${run.scheduleId}` },
          },
          ...{ orderKey: `export:${run.scheduleId}`, team: null, at: now, endpointId },
        });
      return { location: endpoint, announce };
    },
    test: async () => {
      const endpoint = await requireEndpoint(sql, endpointId);
      const url = `${publicUrl}/exports/schedules/${run.scheduleId}`;
      const announce = (tx: Tx) =>
        emitEvent(tx, {
          type: "webhook.test",
          data: { endpoint: { id: endpointId, name: endpoint }, url },
          ...{ orderKey: null, team: null, at: now, endpointId },
        });
      return { location: endpoint, announce };
    },
  };
}

/** @returns the endpoint's name. */
async function requireEndpoint(sql: SqlClient, id: string): Promise<string> {
  const [row] = await sql<{ name: string; isOff: boolean }[]>`
    select name, disabled_at is not null as "isOff" from webhook_endpoint where id = ${id}`;
  if (row === undefined) throw new AppError("The webhook is gone", { code: "not_found" });
  if (row.isOff) throw new AppError("The webhook is turned off", { code: "unavailable" });
  return row.name;
}

/** One transaction, so that an attempt that was killed leaves nothing. */
async function keepPieces(
  sql: SqlClient,
  runId: string,
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`delete from export_run_piece where run_id = ${runId}`;
    let [number, bytes] = [0, 0];
    for await (const piece of body) {
      signal.throwIfAborted();
      bytes += piece.byteLength;
      if (bytes > MOST_BYTES) {
        throw new AppError("The file is too large for a link: choose a storage", {
          code: "too_large",
        });
      }
      for (let at = 0; at < piece.byteLength; at += PIECE_BYTES) {
        number += 1;
        const part = Buffer.from(piece.subarray(at, at + PIECE_BYTES));
        await tx`insert into export_run_piece (run_id, number, piece) values (${runId}, ${number}, ${part})`;
      }
    }
  });
}
