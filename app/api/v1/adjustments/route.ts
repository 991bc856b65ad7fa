import { EntryInput } from "#lib/close/hand-entry.ts";
import { bookByHand, listJournal } from "#lib/close/journal.ts";
import { JournalParameters } from "#lib/exports/kinds/adjustments.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { journalBody } from "../_lib/adjustments.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/adjustments", {
  GET: async ({ url, viewer, sql }) => {
    const { month } = parseQuery(JournalParameters, url.searchParams);
    return json(journalBody(await listJournal(sql, viewer, month)));
  },
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = EntryInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    return json(journalBody(await bookByHand(sql, viewer, input.data, new Date(nowMs))));
  },
});
