import { type Column, count, text, time } from "#lib/tables/column.ts";
import type { AuditEntry } from "./list-audit.ts";

/** Entries of the log as a file. */
export const AUDIT_COLUMNS: readonly Column<AuditEntry>[] = [
  count("id", ({ id }) => id),
  time("at", ({ at }) => at),
  text("actor_kind", ({ actorKind }) => actorKind),
  text("actor_id", ({ actorId }) => actorId),
  text("actor", ({ actor }) => actor),
  text("action", ({ action }) => action),
  text("target_kind", ({ targetKind }) => targetKind),
  text("target_id", ({ targetId }) => targetId),
  text("result", ({ result }) => result),
  text("before", ({ before }) => jsonOf(before)),
  text("after", ({ after }) => jsonOf(after)),
  text("ip", ({ ip }) => ip),
  text("user_agent", ({ userAgent }) => userAgent),
  text("request_id", ({ requestId }) => requestId),
];

function jsonOf(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
