import { z } from "zod";
import { readReconciliation } from "#lib/reconciliation/reconcile.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { notFound } from "../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { comparisonBody, invoiceBody } from "../../_lib/reconciliations.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/reconciliations/{id}", {
  GET: async ({ url, params, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const id = z.uuid().safeParse(params.id);
    if (!id.success) throw notFound("invoice");
    const { invoice, standing, comparison } = await readReconciliation(sql, viewer, id.data);
    return json({ ...invoiceBody(invoice, standing), comparison: comparisonBody(comparison) });
  },
});
