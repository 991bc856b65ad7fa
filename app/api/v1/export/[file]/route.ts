import { EXPORT_NAMES } from "#lib/exports/export-list.ts";
import { FORMATS } from "#lib/exports/export-request.ts";
import { apiRoute } from "../../_lib/api-route.ts";
import { controlAnswer, fileAnswer } from "../../_lib/file-answer.ts";
import { notFound } from "../../_lib/problem.ts";

const FILE = /^([a-z-]+)\.([a-z]+)(\.control\.json)?$/;

/** `usage.xlsx`, `focus.parquet`, and beside each its sidecar: `usage.xlsx.control.json`. */
export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/export/{file}", {
  GET: (call) => {
    const [, table, ending, sidecar] = FILE.exec(call.params.file ?? "") ?? [];
    const name = EXPORT_NAMES.find((known) => known === table);
    const format = FORMATS.find((known) => known === ending);
    if (name === undefined || format === undefined) throw notFound("file");
    return sidecar === undefined
      ? fileAnswer(call, name, format)
      : controlAnswer(call, name, format);
  },
});
