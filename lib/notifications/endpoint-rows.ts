import { requireAdmin } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { openText } from "#lib/secrets/sealed-text.ts";
import { type Endpoint, type EndpointTarget, TARGET_PURPOSE } from "./endpoint.ts";

/** Every endpoint, the oldest first. @throws {AppError} "forbidden" for all but admins. */
export async function listEndpoints(sql: SqlClient, viewer: Viewer): Promise<readonly Endpoint[]> {
  requireAdmin(viewer);
  return await selectEndpoints(sql, null);
}

/** One endpoint; null when there is none. @throws {AppError} "forbidden" for all but admins. */
export async function findEndpoint(
  sql: SqlClient | Tx,
  viewer: Viewer,
  id: string,
): Promise<Endpoint | null> {
  requireAdmin(viewer);
  if (!UUID.test(id)) return null;
  const [row] = await selectEndpoints(sql, id);
  return row ?? null;
}

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Where messages of these sealed bytes go. */
export function openTarget(sealed: Buffer, secret: string): EndpointTarget {
  return JSON.parse(openText(sealed, secret, TARGET_PURPOSE)) as EndpointTarget;
}

function selectEndpoints(sql: SqlClient | Tx, id: string | null) {
  return sql<Endpoint[]>`
    select id, name, format, language, shown_target as "shownTarget", types, teams, budgets,
           sealed_secret is not null as "hasSecret",
           case when old_secret_until > now() then old_secret_until end as "oldSecretUntil",
           failing_since as "failingSince", disabled_at as "disabledAt",
           disabled_because as "disabledBecause", created_at as "createdAt",
           created_by as "createdBy"
      from webhook_endpoint
     where ${id}::uuid is null or id = ${id}::uuid
     order by created_at, id`;
}
