import { AppError } from "#lib/errors.ts";
import { FORMATS } from "#lib/exports/export-request.ts";
import { BUCKETS, COST_BASES } from "#lib/reports/usage-query.ts";
import { CSV_FLAVORS } from "#lib/tables/csv.ts";
import { isTimeZone } from "#lib/time/zone.ts";
import { type Command, text } from "./command.ts";
import { PERIOD_OPTIONS } from "./period.ts";
import { FILE_OPTIONS, periodParameters, writeExport } from "./write-export.ts";

/** Writes the file that GET /api/v1/usage.csv answers with. */
export const exportUsage: Command = {
  usage: [
    "export usage --from TIME --to TIME [--out FILE] [--group-by team,model,…]",
    `[--bucket ${BUCKETS.join("|")}] [--tz ZONE] [--cost ${COST_BASES.join("|")}]`,
    `[--currency CODE] [--format ${FORMATS.join("|")}] [--flavor ${CSV_FLAVORS.join("|")}]`,
  ].join(" "),
  options: {
    ...PERIOD_OPTIONS,
    ...FILE_OPTIONS,
    "group-by": { type: "string" },
    bucket: { type: "string" },
    tz: { type: "string" },
    cost: { type: "string" },
    currency: { type: "string" },
  },
  run: async (call) => {
    const tz = text(call, "tz");
    if (tz !== null && !isTimeZone(tz)) {
      throw new AppError("--tz must be an IANA zone such as Asia/Taipei", { code: "invalid" });
    }
    return writeExport(call, "export usage", {
      export: "usage",
      parameters: {
        ...(await periodParameters(call, tz ?? undefined)),
        ...{ tz, group_by: text(call, "group-by"), bucket: text(call, "bucket") },
        ...{ cost: text(call, "cost"), currency: text(call, "currency") },
      },
    });
  },
};
