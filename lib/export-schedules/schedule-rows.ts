import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { ExportRequest } from "#lib/exports/export-request.ts";
import type { DestinationSettings } from "./destination.ts";

/** A schedule as it may be shown: without its keys. */
export type Schedule = {
  readonly id: string;
  readonly name: string;
  readonly request: ExportRequest;
  readonly cadence: "weekly" | "monthly";
  readonly day: number;
  readonly hour: number;
  readonly settings: DestinationSettings;
  readonly hasKeys: boolean;
  /** Whose rights its files are made with: whoever changed it last. */
  readonly ownerLabel: string;
  readonly pausedAt: Date | null;
  readonly pausedBecause: "by_hand" | "owner" | null;
  readonly pausedReason: string | null;
  readonly plannedUntil: Date;
  readonly createdAt: Date;
};

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Every schedule by name. @throws {AppError} "forbidden" unless they see all money. */
export async function listSchedules(sql: SqlClient, viewer: Viewer): Promise<readonly Schedule[]> {
  requireFinance(viewer);
  return await selectSchedules(sql, null);
}

/** One schedule; null when there is none. @throws {AppError} "forbidden". */
export async function findSchedule(
  sql: SqlClient | Tx,
  viewer: Viewer,
  id: string,
): Promise<Schedule | null> {
  requireFinance(viewer);
  if (!UUID.test(id)) return null;
  const [row] = await selectSchedules(sql, id);
  return row ?? null;
}

/** Webhooks that a schedule may tell, by name alone: their addresses are the admins'. */
export async function webhookNames(
  sql: SqlClient,
  viewer: Viewer,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  requireFinance(viewer);
  return await sql<{ id: string; name: string }[]>`
    select id, name from webhook_endpoint where disabled_at is null order by name, id`;
}

function selectSchedules(sql: SqlClient | Tx, id: string | null) {
  return sql<Schedule[]>`
    select id, name, request, cadence, day, hour, settings, sealed_keys is not null as "hasKeys",
           owner_label as "ownerLabel", paused_at as "pausedAt",
           paused_because as "pausedBecause", paused_reason as "pausedReason",
           planned_until as "plannedUntil", created_at as "createdAt"
      from export_schedule
     where ${id}::uuid is null or id = ${id}::uuid
     order by name, id`;
}
