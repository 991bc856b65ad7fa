import { requireFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { sealText } from "#lib/secrets/sealed-text.ts";
import {
  auditOf,
  type Installation,
  newSigningSecret,
  requireReachable,
} from "./create-endpoint.ts";
import { NOTIFICATION_CHANNEL } from "./emit-event.ts";
import { type Endpoint, ROTATION_MS, SECRET_PURPOSE, TARGET_PURPOSE } from "./endpoint.ts";
import { type EndpointChange, shownTarget, targetOf } from "./endpoint-input.ts";
import { findEndpoint, openTarget } from "./endpoint-rows.ts";

/**
 * Changes what is given and leaves the rest. Turning an endpoint on again sends
 * at once what has waited for it.
 *
 * @throws {AppError} "not_found"; "invalid" when the format has no such target; "forbidden";
 *   "confirmation_required" for another target and a sign-in that is not fresh.
 */
export async function changeEndpoint(
  sql: SqlClient,
  viewer: Viewer,
  { id, change, installation }: { id: string; change: EndpointChange; installation: Installation },
): Promise<Endpoint> {
  return await sql.begin(async (tx) => {
    const before = await existing(tx, viewer, id);
    if (hasTarget(change)) {
      requireFreshSignIn(viewer);
      await changeTarget(tx, before, change, installation);
    }
    const { name, language, types, teams, budgets, enabled } = change;
    await tx`
      update webhook_endpoint
         set name = ${name ?? before.name}, language = ${language ?? before.language},
             types = ${types === undefined ? before.types : types},
             teams = ${teams === undefined ? before.teams : teams},
             budgets = ${budgets === undefined ? before.budgets : budgets}
       where id = ${id}`;
    if (enabled === (before.disabledAt !== null)) await (enabled ? enable : disable)(tx, id);
    const after = await existing(tx, viewer, id);
    await recordAudit(tx, {
      actor: viewer,
      action: "webhook.changed",
      target: { kind: "webhook", id },
      before: auditOf(before),
      after: auditOf(after),
    });
    return after;
  });
}

/** Removes an endpoint with its log. @throws {AppError} "not_found", "forbidden". */
export async function deleteEndpoint(sql: SqlClient, viewer: Viewer, id: string): Promise<void> {
  await sql.begin(async (tx) => {
    const before = await existing(tx, viewer, id);
    await tx`delete from webhook_endpoint where id = ${id}`;
    await recordAudit(tx, {
      actor: viewer,
      action: "webhook.deleted",
      target: { kind: "webhook", id },
      before: auditOf(before),
    });
  });
}

/**
 * Gives an endpoint a new signing secret, returned this once. For a day both
 * sign, so that receivers can change over without losing a message.
 *
 * @throws {AppError} "not_found", "forbidden"; "conflict" where nothing is signed.
 */
export async function rotateSecret(
  sql: SqlClient,
  viewer: Viewer,
  { id, secret, now }: { id: string; secret: string; now: Date },
): Promise<{ readonly signingSecret: string; readonly oldSecretUntil: Date }> {
  requireFreshSignIn(viewer);
  const signingSecret = newSigningSecret();
  const oldSecretUntil = new Date(now.getTime() + ROTATION_MS);
  return await sql.begin(async (tx) => {
    const endpoint = await existing(tx, viewer, id);
    if (!endpoint.hasSecret) {
      throw new AppError("This format is not signed", { code: "conflict" });
    }
    await tx`
      update webhook_endpoint
         set sealed_old_secret = sealed_secret, old_secret_until = ${oldSecretUntil},
             sealed_secret = ${sealText(signingSecret, secret, SECRET_PURPOSE)}
       where id = ${id}`;
    await recordAudit(tx, {
      actor: viewer,
      action: "webhook.secret_rotated",
      target: { kind: "webhook", id },
    });
    return { signingSecret, oldSecretUntil };
  });
}

async function existing(tx: Tx, viewer: Viewer, id: string): Promise<Endpoint> {
  const endpoint = await findEndpoint(tx, viewer, id);
  if (endpoint !== null) return endpoint;
  throw new AppError("There is no such webhook", { code: "not_found" });
}

function hasTarget({ url, routing_key: routingKey, to }: EndpointChange): boolean {
  return url !== undefined || routingKey !== undefined || to !== undefined;
}

async function changeTarget(
  tx: Tx,
  before: Endpoint,
  change: EndpointChange,
  { secret, webhookAllow }: Installation,
) {
  const { url, routing_key: routingKey, to } = change;
  const { format } = before;
  const isMail = format === "email";
  const isWrong =
    isMail !== (to !== undefined) || (routingKey !== undefined && format !== "pagerduty");
  if (isWrong) {
    const takes = isMail ? "to" : format === "pagerduty" ? "url and routing_key" : "url";
    throw new AppError(`${format} takes ${takes}`, { code: "invalid" });
  }
  const [row] = await tx<{ sealed: Buffer }[]>`
    select sealed_target as sealed from webhook_endpoint where id = ${before.id}`;
  const old = row === undefined ? null : openTarget(row.sealed, secret);
  const target = targetOf({
    format,
    url: url ?? old?.url ?? undefined,
    routing_key: routingKey ?? old?.routingKey ?? undefined,
    to,
  });
  requireReachable(target.url, webhookAllow);
  await tx`
    update webhook_endpoint
       set sealed_target = ${sealText(JSON.stringify(target), secret, TARGET_PURPOSE)},
           shown_target = ${shownTarget(format, target)}
     where id = ${before.id}`;
}

async function disable(tx: Tx, id: string): Promise<void> {
  await tx`
    update webhook_endpoint set disabled_at = now(), disabled_because = 'by_hand' where id = ${id}`;
}

async function enable(tx: Tx, id: string): Promise<void> {
  await tx`
    update webhook_endpoint
       set disabled_at = null, disabled_because = null, failing_since = null
     where id = ${id}`;
  await tx`
    update webhook_delivery set next_attempt_at = now()
     where endpoint_id = ${id} and status = 'pending'`;
  await tx`select pg_notify(${NOTIFICATION_CHANNEL}, '')`;
}
