import { FocusParquet } from "#lib/focus/write-parquet.ts";
import { apiRoute } from "../../_lib/api-route.ts";
import { FocusParameters, focusFile } from "../../_lib/focus.ts";
import { parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export/focus.parquet", {
  GET: (call) => {
    const input = parseQuery(FocusParameters, call.url.searchParams);
    return focusFile(call, input, {
      extension: "parquet",
      type: "application/vnd.apache.parquet",
      writer: (write) => {
        const file = new FocusParquet(input.version, write);
        return {
          begin: async () => {},
          add: (rows) => file.add(rows),
          finish: () => file.finish(),
        };
      },
    });
  },
});
