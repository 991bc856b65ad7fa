import { FORMATS } from "#lib/exports/export-request.ts";
import { FOCUS_VERSIONS } from "#lib/focus/columns.ts";
import { type Command, text } from "./command.ts";
import { PERIOD_OPTIONS } from "./period.ts";
import { FILE_OPTIONS, periodParameters, writeExport } from "./write-export.ts";

/** Writes the file that GET /api/v1/export/focus.csv, or .jsonl, answers with. */
export const exportFocusFile: Command = {
  usage: `export focus --from DATE --to DATE [--version ${FOCUS_VERSIONS.join("|")}] [--format ${FORMATS.join("|")}] [--out FILE]`,
  options: { ...PERIOD_OPTIONS, ...FILE_OPTIONS, version: { type: "string" } },
  run: async (call) =>
    writeExport(call, "export focus", {
      export: "focus",
      parameters: { ...(await periodParameters(call)), version: text(call, "version") },
    }),
};
