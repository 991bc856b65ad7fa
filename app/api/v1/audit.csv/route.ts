import { listAudit } from "#lib/audit/list-audit.ts";
import { csvHeader, csvRow } from "#lib/reports/csv.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { AUDIT_COLUMNS, AuditCsvParameters, auditCells } from "../_lib/audit.ts";
import { streamFile } from "../_lib/file-stream.ts";
import { parseQuery } from "../_lib/query.ts";

const AT_ONCE = 1_000;

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/audit.csv", {
  GET: async ({ request, url, viewer, sql, nowMs }) => {
    const { flavor, ...filters } = parseQuery(AuditCsvParameters, url.searchParams);
    const { body } = await streamFile<null>(request.signal, async (begin, write) => {
      let page = await listAudit(sql, viewer, filters, { limit: AT_ONCE });
      begin(null);
      await write(csvHeader(AUDIT_COLUMNS, flavor));
      for (;;) {
        await write(page.entries.map((entry) => csvRow(auditCells(entry), flavor)).join(""));
        if (page.next === null) return;
        page = await listAudit(sql, viewer, filters, { limit: AT_ONCE, before: page.next });
      }
    });
    const asOf = new Date(nowMs).toISOString();
    return new Response(body, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="audit-${asOf.slice(0, 10)}.csv"`,
        "cache-control": "no-store",
        "x-outlay-as-of": asOf,
      },
    });
  },
});
