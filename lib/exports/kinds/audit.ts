import { z } from "zod";
import { requireAdmin } from "#lib/access/rights.ts";
import { AUDIT_COLUMNS } from "#lib/audit/audit-columns.ts";
import { AuditFilters, listAudit } from "#lib/audit/list-audit.ts";
import { exportKind } from "../export-kind.ts";

const AT_ONCE = 1_000;
const Moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const AuditQuestion = z.strictObject({
  ...AuditFilters.shape,
  from: Moment.optional(),
  to: Moment.optional(),
});

export const audit = exportKind({
  summary: "Who changed what, newest first; for admins",
  parameters: AuditQuestion,
  read: async ({ sql, viewer, now }, filters, sink) => {
    requireAdmin(viewer);
    const add = await sink({
      name: `audit-${now.toISOString().slice(0, 10)}`,
      ...{ columns: AUDIT_COLUMNS, asOf: now, rowCount: null },
      ...{ total: null, currency: null },
    });
    let before: number | undefined;
    for (;;) {
      const { entries, next } = await listAudit(sql, viewer, filters, { limit: AT_ONCE, before });
      await add(entries);
      if (next === null) return;
      before = next;
    }
  },
});
