import { MOST_INVOICE_BYTES } from "#lib/invoices/invoice-line.ts";
import { listInvoices, uploadInvoice } from "#lib/reconciliation/reconcile.ts";
import { standingOf } from "#lib/reconciliation/standing.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { columnsOf, invoiceBody, UploadParameters, uploadBody } from "../_lib/reconciliations.ts";
import { requestText } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/reconciliations", {
  GET: async ({ url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const invoices = await listInvoices(sql, viewer);
    return json({ rows: invoices.map((one) => invoiceBody(one, standingOf(one, invoices))) });
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    const input = parseQuery(UploadParameters, url.searchParams);
    const upload = {
      ...{ source: input.source, month: input.month, fileName: input.file },
      ...{ provider: input.provider ?? null, columns: columnsOf(input) },
      toEarlier: input.earlier ?? null,
      ...{ isRehearsal: input.dry_run, text: await requestText(request, MOST_INVOICE_BYTES) },
    };
    return json(uploadBody(await uploadInvoice(sql, viewer, upload, new Date(nowMs))));
  },
});
