import { z } from "zod";
import { acceptGap } from "#lib/reconciliation/accept-gap.ts";
import { readReconciliation } from "#lib/reconciliation/reconcile.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { notFound } from "../../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { AcceptInput, invoiceBody } from "../../../_lib/reconciliations.ts";
import { requestInput } from "../../../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/reconciliations/{id}/accept", {
  POST: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = await requestInput(request, AcceptInput);
    const id = z.uuid().safeParse(params.id);
    if (!id.success) throw notFound("invoice");
    await acceptGap(sql, viewer, { id: id.data, ...input }, new Date(nowMs));
    const { invoice, standing } = await readReconciliation(sql, viewer, id.data);
    return json(invoiceBody(invoice, standing));
  },
});
