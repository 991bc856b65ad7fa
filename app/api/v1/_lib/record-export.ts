import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { Db } from "#lib/db/client.ts";

/**
 * Puts on record that somebody takes a file away, and which: every answer that
 * is an attachment. What was asked tells the period and filters.
 */
export async function recordExport(
  db: Db,
  actor: Viewer,
  { pathname, searchParams }: URL,
  headers: Headers,
): Promise<void> {
  const file = /^attachment; filename="([^"]*)"/.exec(headers.get("content-disposition") ?? "");
  if (file === null) return;
  await recordAudit(db, {
    ...{ actor, action: "file.exported", target: { kind: "address", id: pathname } },
    after: {
      file: file[1],
      asked: Object.fromEntries(searchParams),
      rows: headers.get("x-outlay-rows"),
      total: headers.get("x-outlay-total"),
      asOf: headers.get("x-outlay-as-of"),
    },
  });
}
