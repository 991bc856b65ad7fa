import type { z } from "zod";
import { listAudit } from "#lib/audit/list-audit.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { AuditParameters, auditEntryBody } from "../_lib/audit.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/audit", {
  GET: async ({ url, viewer, sql }) => {
    const input: z.output<typeof AuditParameters> = parseQuery(AuditParameters, url.searchParams);
    const { limit, cursor, ...filters } = input;
    const { entries, next } = await listAudit(sql, viewer, filters, { limit, before: cursor });
    return json({
      entries: entries.map(auditEntryBody),
      next_cursor: next === null ? null : String(next),
    });
  },
});
