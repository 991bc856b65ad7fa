import { sql } from "drizzle-orm";
import type { Db, Tx } from "#lib/db/client.ts";
import type { AuditActor } from "./actor.ts";
import { type AuditValue, maskSecrets } from "./mask.ts";

export type AuditRecord = {
  /** A `Viewer`, the command line's or the product's own actor. */
  readonly actor: AuditActor;
  /** Thing and verb in the past, for example "budget.changed". */
  readonly action: `${string}.${string}`;
  readonly target: { readonly kind: string; readonly id: string };
  /** The state before, of what changed; left out when it is new. */
  readonly before?: AuditValue;
  /** The state after, of what changed; left out when it is gone. */
  readonly after?: AuditValue;
  /** "refused": it was asked for and not done. */
  readonly result?: "done" | "refused";
};

/** A transaction of either of the two ways to the database. */
export type AuditTransaction = Tx | Pick<Db, "execute">;

/**
 * Writes a change into the audit log, in the caller's transaction: there is no
 * change without its entry, and no entry without its change. Secrets are masked
 * here, whatever the caller hands over.
 */
export async function recordAudit(tx: AuditTransaction, record: AuditRecord): Promise<void> {
  const { actor, action, target, result = "done" } = record;
  const before = toJson(record.before);
  const after = toJson(record.after);
  const { ip = null, userAgent = null, requestId = null } = actor.origin ?? {};
  const label = short(actor.label, 200);
  const agent = userAgent === null ? null : short(userAgent, 400);
  const id = short(target.id, 400);
  if (typeof tx === "function") {
    await tx`
      insert into audit_entry
        (at, actor_kind, actor_id, actor_label, action, target_kind, target_id, result,
         before, after, ip, user_agent, request_id)
      values (clock_timestamp(), ${actor.kind}, ${actor.id}, ${label}, ${action}, ${target.kind},
              ${id}, ${result}, ${before}::text::jsonb, ${after}::text::jsonb, ${ip}, ${agent},
              ${requestId})`;
    return;
  }
  await tx.execute(sql`
    insert into audit_entry
      (at, actor_kind, actor_id, actor_label, action, target_kind, target_id, result,
       before, after, ip, user_agent, request_id)
    values (clock_timestamp(), ${actor.kind}, ${actor.id}, ${label}, ${action}, ${target.kind},
            ${id}, ${result}, ${before}::text::jsonb, ${after}::text::jsonb, ${ip}, ${agent},
            ${requestId})`);
}

function toJson(value: AuditValue): string | null {
  const masked = maskSecrets(value);
  return masked === undefined || masked === null ? null : JSON.stringify(masked);
}

/** Postgres keeps no NUL in text. */
function short(text: string, length: number): string {
  return text.replaceAll("\0", "").toWellFormed().slice(0, length);
}
