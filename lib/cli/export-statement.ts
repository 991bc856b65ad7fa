import { FORMATS } from "#lib/exports/export-request.ts";
import type { Command } from "./command.ts";
import { PERIOD_OPTIONS } from "./period.ts";
import { FILE_OPTIONS, periodParameters, writeExport } from "./write-export.ts";

/** Writes the statements of all teams, as GET /api/v1/statements.csv answers with. */
export const exportStatement: Command = {
  usage: `export statement --from DATE --to DATE [--format ${FORMATS.join("|")}] [--out FILE]`,
  options: { ...PERIOD_OPTIONS, ...FILE_OPTIONS },
  run: async (call) =>
    writeExport(call, "export statement", {
      export: "statements",
      parameters: await periodParameters(call),
    }),
};
