import { AppError } from "#lib/errors.ts";
import { FOCUS_VERSIONS, type FocusVersion } from "#lib/focus/columns.ts";
import { exportFocus, type FocusSummary } from "#lib/focus/export-rows.ts";
import { FocusParquet } from "#lib/focus/write-parquet.ts";
import { focusCsvHeader, focusCsvRow, focusJsonLine } from "#lib/focus/write-rows.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type Call, type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { PERIOD_OPTIONS, periodOf } from "./period.ts";
import { recordExport } from "./record-export.ts";
import { toStandardOutput, type Write, writeFileWhole } from "./write-file.ts";

const FORMATS = ["csv", "jsonl", "parquet"] as const;
type Format = (typeof FORMATS)[number];

/** Writes the file that GET /api/v1/export/focus.csv, or .jsonl, answers with. */
export const exportFocusFile: Command = {
  usage: `export focus --from DATE --to DATE [--version ${FOCUS_VERSIONS.join("|")}] [--format ${FORMATS.join("|")}] [--out FILE]`,
  options: {
    ...PERIOD_OPTIONS,
    version: { type: "string" },
    format: { type: "string" },
    out: { type: "string" },
  },
  run: async (call) => {
    const version = oneOf(call, "version", FOCUS_VERSIONS);
    const format = oneOf(call, "format", FORMATS);
    const out = text(call, "out");
    if (format === "parquet" && out === null) {
      throw new AppError("--out is needed for Parquet", { code: "invalid" });
    }
    const pieces: (string | Uint8Array)[] = [];
    const summary = await withDatabase(call.config, async ({ sql, db }) => {
      const { from, to } = periodOf(call, await organizationZone(sql));
      if (from === null || to === null) {
        throw new AppError("--from and --to are needed", { code: "invalid" });
      }
      const write = (piece: Write) => writeFocus(sql, { from, to }, { version, format }, piece);
      const keep: Write = async (piece) => void pieces.push(piece);
      const done =
        out !== null
          ? await writeFileWhole(out, write)
          : await write(call.json ? keep : toStandardOutput);
      await recordExport(db, "export focus", call, done.rowCount);
      return done;
    });
    const total = toDecimal(summary.total.effective);
    const unpriced =
      summary.unpricedCalls === 0 ? "" : ` + ${summary.unpricedCalls} calls unpriced`;
    const where = out === null ? "" : ` to ${out}`;
    const line = `exported ${summary.rowCount} rows, ${CURRENCY} ${total}${unpriced}${where}`;
    const data = {
      ...{ file: out, version, rows: summary.rowCount, currency: CURRENCY, total },
      ...{ unpriced_calls: summary.unpricedCalls, as_of: summary.asOf },
      ...(out === null ? { [format]: pieces.join("") } : {}),
    };
    if (out !== null || call.json) return { line, data, exitCode: 0 };
    // Standard output is the file.
    process.stderr.write(`${line}\n`);
    return { line: "", data, exitCode: 0 };
  },
};

async function writeFocus(
  sql: Parameters<typeof exportFocus>[0],
  period: { readonly from: Date; readonly to: Date },
  { version, format }: { readonly version: FocusVersion; readonly format: Format },
  write: Write,
): Promise<FocusSummary> {
  let summary: FocusSummary | undefined;
  const parquet = format === "parquet" ? new FocusParquet(version, write) : null;
  await exportFocus(sql, "all", period, {
    begin: async (found) => {
      summary = found;
      if (format === "csv") await write(focusCsvHeader(version, "data"));
    },
    write: async (rows) => {
      if (parquet !== null) return parquet.add(rows);
      const lines = rows.map((row) =>
        format === "csv" ? focusCsvRow(row, version, "data") : focusJsonLine(row, version),
      );
      await write(lines.join(""));
    },
  });
  await parquet?.finish();
  if (summary === undefined) throw new Error("an export without its totals");
  return summary;
}

function oneOf<const Value extends string>(
  call: Call,
  name: string,
  values: readonly [Value, ...Value[]],
): Value {
  const given = text(call, name) ?? values[0];
  const value = values.find((candidate) => candidate === given);
  if (value !== undefined) return value;
  throw new AppError(`--${name} must be one of ${values.join(", ")}`, { code: "invalid" });
}
