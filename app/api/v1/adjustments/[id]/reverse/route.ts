import { z } from "zod";
import { reverseBooking } from "#lib/close/journal.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { journalBody, ReverseInput } from "../../../_lib/adjustments.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { notFound } from "../../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { requestJson } from "../../../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/adjustments/{id}/reverse", {
  POST: async ({ request, url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = ReverseInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    const id = z.uuid().safeParse(params.id);
    if (!id.success) throw notFound("entry");
    const { note, month } = input.data;
    const wanted = { id: id.data, note, ...(month !== undefined && { month }) };
    return json(journalBody(await reverseBooking(sql, viewer, wanted, new Date(nowMs))));
  },
});
