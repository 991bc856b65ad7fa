import { focusCsvHeader, focusCsvRow } from "#lib/focus/write-rows.ts";
import { apiRoute } from "../../_lib/api-route.ts";
import { FocusCsvParameters, focusFile, linesOf } from "../../_lib/focus.ts";
import { parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export/focus.csv", {
  GET: (call) => {
    const input = parseQuery(FocusCsvParameters, call.url.searchParams);
    const { version, flavor } = input;
    return focusFile(call, input, {
      extension: "csv",
      type: "text/csv; charset=utf-8",
      writer: linesOf(focusCsvHeader(version, flavor), (row) => focusCsvRow(row, version, flavor)),
    });
  },
});
