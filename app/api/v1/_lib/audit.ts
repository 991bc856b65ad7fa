import { z } from "zod";
import { type AuditEntry, AuditFilters } from "#lib/audit/list-audit.ts";
import { limit } from "#lib/parameters/limit.ts";
import { CSV_FLAVORS, type CsvCell } from "#lib/reports/csv.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const Filters = AuditFilters.extend({ from: Moment.optional(), to: Moment.optional() });

export const AuditParameters = Filters.extend({
  limit: limit(100, 1_000),
  cursor: Cursor.regex(/^\d{1,15}$/)
    .transform(Number)
    .optional(),
});
export const AuditCsvParameters = Filters.extend({ flavor: z.enum(CSV_FLAVORS).default("data") });

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

export const AUDIT_COLUMNS = [
  ...["id", "at", "actor_kind", "actor_id", "actor", "action", "target_kind", "target_id"],
  ...["result", "before", "after", "ip", "user_agent", "request_id"],
];

export function auditCells(entry: AuditEntry): CsvCell[] {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const texts = [
    ...[entry.actorKind, entry.actorId, entry.actor, entry.action, entry.targetKind],
    ...[entry.targetId, entry.result, json(entry.before), json(entry.after), entry.ip],
    ...[entry.userAgent, entry.requestId],
  ];
  return [{ number: entry.id }, { time: entry.at }, ...texts.map((text) => ({ text }))];
}
