import { randomBytes } from "node:crypto";
import { requireFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import { requireAdmin } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { requirePossible } from "#lib/http/guarded-request.ts";
import { RequestFailure } from "#lib/http/request-failure.ts";
import { sealText } from "#lib/secrets/sealed-text.ts";
import { type Endpoint, SECRET_PURPOSE, TARGET_PURPOSE } from "./endpoint.ts";
import { type NewEndpoint, shownTarget, targetOf } from "./endpoint-input.ts";
import { findEndpoint } from "./endpoint-rows.ts";

/** What of the configuration sending depends on. */
export type Installation = {
  /** OUTLAY_SECRET. */
  readonly secret: string;
  /** CIDR ranges that may be reached although private. */
  readonly webhookAllow: readonly string[];
};

const MOST_ENDPOINTS = 200;

/**
 * Adds an endpoint. Its signing secret is returned this once and kept sealed;
 * only the JSON format is signed, the others are posted to services that know
 * their callers by the URL.
 *
 * @throws {AppError} "forbidden" for all but admins, "conflict" beyond 200
 *   endpoints, "invalid" for a URL that can never be reached.
 */
export async function createEndpoint(
  sql: SqlClient,
  viewer: Viewer,
  input: NewEndpoint,
  { secret, webhookAllow }: Installation,
): Promise<{ readonly endpoint: Endpoint; readonly signingSecret: string | null }> {
  requireFreshSignIn(viewer);
  requireAdmin(viewer);
  const { format, types = null, teams = null, budgets = null } = input;
  const target = targetOf(input);
  requireReachable(target.url, webhookAllow);
  const shown = shownTarget(format, target);
  const signingSecret = format === "json" ? newSigningSecret() : null;
  return await sql.begin(async (tx) => {
    const [count] = await tx<{ many: boolean }[]>`
      select count(*) >= ${MOST_ENDPOINTS} as many from webhook_endpoint`;
    if (count?.many === true) {
      throw new AppError(`There are ${MOST_ENDPOINTS} webhooks already`, { code: "conflict" });
    }
    const [row] = await tx<{ id: string }[]>`
      insert into webhook_endpoint
        (name, format, language, sealed_target, shown_target, types, teams, budgets, sealed_secret, created_by)
      values (${input.name ?? shown}, ${format}, ${input.language},
              ${sealText(JSON.stringify(target), secret, TARGET_PURPOSE)}, ${shown},
              ${types}, ${teams}, ${budgets},
              ${signingSecret === null ? null : sealText(signingSecret, secret, SECRET_PURPOSE)},
              ${viewer.label})
      returning id`;
    const endpoint = await findEndpoint(tx, viewer, row?.id ?? "");
    if (endpoint === null) throw new Error("the new endpoint is gone");
    await recordAudit(tx, {
      actor: viewer,
      action: "webhook.created",
      target: { kind: "webhook", id: endpoint.id },
      after: auditOf(endpoint),
    });
    return { endpoint, signingSecret };
  });
}

/** @throws {AppError} "invalid" for a URL that can never be reached. */
export function requireReachable(url: string | null, allow: readonly string[]): void {
  if (url === null) return;
  try {
    requirePossible(url, allow);
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    throw new AppError(`url: ${error.message}`, { code: "invalid", cause: error });
  }
}

/** 32 random bytes, as Standard Webhooks spells them. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** What of an endpoint goes into the audit log: no secret, no whole chat URL. */
export function auditOf({
  name,
  format,
  language,
  shownTarget: target,
  types,
  teams,
  budgets,
  disabledAt,
}: Endpoint) {
  return { name, format, language, target, types, teams, budgets, enabled: disabledAt === null };
}
