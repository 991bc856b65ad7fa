import { focusJsonLine } from "#lib/focus/write-rows.ts";
import { apiRoute } from "../../_lib/api-route.ts";
import { FocusParameters, focusFile, linesOf } from "../../_lib/focus.ts";
import { parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export/focus.jsonl", {
  GET: (call) => {
    const input = parseQuery(FocusParameters, call.url.searchParams);
    return focusFile(call, input, {
      extension: "jsonl",
      type: "application/x-ndjson; charset=utf-8",
      writer: linesOf("", (row) => focusJsonLine(row, input.version)),
    });
  },
});
