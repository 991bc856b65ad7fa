import { z } from "zod";
import type { AuditEntry } from "#lib/audit/list-audit.ts";
import { AuditQuestion } from "#lib/exports/kinds/audit.ts";
import { limit } from "#lib/parameters/limit.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

export const AuditParameters = z.strictObject({
  ...AuditQuestion.shape,
  limit: limit(100, 1_000),
  cursor: Cursor.regex(/^\d{1,15}$/)
    .transform(Number)
    .optional(),
});

export const AuditEntryBody = z.strictObject({
  id: z.int(),
  at: z.iso.datetime(),
  actor: z.strictObject({ kind: z.string(), id: z.string(), label: z.string() }),
  action: z.string(),
  target: z.strictObject({ kind: z.string(), id: z.string() }),
  result: z.enum(["done", "refused"]),
  before: z.unknown(),
  after: z.unknown(),
  ip: z.string().nullable(),
  user_agent: z.string().nullable(),
  request_id: z.string().nullable(),
});

export const AuditBody = z.strictObject({
  entries: z.array(AuditEntryBody),
  next_cursor: z.string().nullable(),
});

export function auditEntryBody(entry: AuditEntry): z.input<typeof AuditEntryBody> {
  return {
    id: entry.id,
    at: iso(entry.at),
    actor: { kind: entry.actorKind, id: entry.actorId, label: entry.actor },
    action: entry.action,
    target: { kind: entry.targetKind, id: entry.targetId },
    result: entry.result,
    before: entry.before,
    after: entry.after,
    ip: entry.ip,
    user_agent: entry.userAgent,
    request_id: entry.requestId,
  };
}
