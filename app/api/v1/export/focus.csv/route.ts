import { focusCsvHeader, focusCsvRow } from "#lib/focus/write-rows.ts";
import { apiRoute } from "../../_lib/api-route.ts";
import { FocusCsvParameters, focusFile } from "../../_lib/focus.ts";
import { parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export/focus.csv", {
  GET: (call) => {
    const input = parseQuery(FocusCsvParameters, call.url.searchParams);
    const { version, flavor } = input;
    return focusFile(call, input, {
      extension: "csv",
      type: "text/csv; charset=utf-8",
      header: focusCsvHeader(version, flavor),
      line: (row) => focusCsvRow(row, version, flavor),
    });
  },
});
