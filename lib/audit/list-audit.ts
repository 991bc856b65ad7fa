import { z } from "zod";
import type { Editor } from "#lib/access/rights.ts";
import { requireAdmin } from "#lib/access/rights.ts";
import type { SqlClient } from "#lib/db/client.ts";

/** One entry as its readers see it; `before` and `after` as they were written, secrets masked. */
export type AuditEntry = {
  readonly id: number;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actor: string;
  readonly action: string;
  readonly targetKind: string;
  readonly targetId: string;
  readonly result: "done" | "refused";
  readonly before: unknown;
  readonly after: unknown;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
};

/** What entries can be looked for by; a part that is left out does not matter. */
export const AuditFilters = z.strictObject({
  /** In the name or the id of who did it. */
  actor: z.string().trim().max(200).optional(),
  /** `key` finds `key.created` and its like. */
  action: z.string().trim().max(100).optional(),
  /** In the kind or the id of what was changed. */
  target: z.string().trim().max(200).optional(),
  result: z.enum(["done", "refused"]).optional(),
  from: z.date().optional(),
  to: z.date().optional(),
});
export type AuditFilters = z.output<typeof AuditFilters>;

export type AuditPage = { readonly entries: readonly AuditEntry[]; readonly next: number | null };

/**
 * Entries, newest first.
 *
 * @param page `before`: the id of the last entry seen.
 * @throws {AppError} "forbidden" for all but admins: it names people and teams of all sorts.
 */
export async function listAudit(
  sql: SqlClient,
  viewer: Pick<Editor, "role" | "teams">,
  { actor, action, target, result, from, to }: AuditFilters,
  { limit, before }: { readonly limit: number; readonly before?: number | undefined },
): Promise<AuditPage> {
  requireAdmin(viewer);
  const rows = await sql<AuditEntry[]>`
    select id::int as id, at, actor_kind as "actorKind", actor_id as "actorId",
           actor_label as actor, action, target_kind as "targetKind", target_id as "targetId",
           result, before, after, ip, user_agent as "userAgent", request_id as "requestId"
      from audit_entry
     where true
       ${actor ? sql`and (actor_label ilike ${like(actor)} or actor_id = ${actor})` : sql``}
       ${action ? sql`and starts_with(action, ${action})` : sql``}
       ${target ? sql`and (target_kind = ${target} or target_id ilike ${like(target)})` : sql``}
       ${result === undefined ? sql`` : sql`and result = ${result}`}
       ${from === undefined ? sql`` : sql`and at >= ${from}`}
       ${to === undefined ? sql`` : sql`and at < ${to}`}
       ${before === undefined ? sql`` : sql`and id < ${before}`}
     order by id desc limit ${limit + 1}`;
  const entries = rows.slice(0, limit);
  return { entries, next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null };
}

/** The text anywhere, its own wildcards taken as plain signs. */
function like(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}
