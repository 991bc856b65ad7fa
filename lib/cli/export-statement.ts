import { statementCsvHeader, statementCsvRow } from "#lib/close/statement-csv.ts";
import { readStatements } from "#lib/close/statements.ts";
import { AppError } from "#lib/errors.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { PERIOD_OPTIONS, periodOf } from "./period.ts";
import { recordExport } from "./record-export.ts";
import { toStandardOutput, writeFileWhole } from "./write-file.ts";

/** Writes the statements of all teams, as GET /api/v1/statements.csv answers with. */
export const exportStatement: Command = {
  usage: "export statement --from DATE --to DATE [--out FILE]",
  options: { ...PERIOD_OPTIONS, out: { type: "string" } },
  run: async (call) => {
    const out = text(call, "out");
    const found = await withDatabase(call.config, async ({ sql, db }) => {
      const { from, to } = periodOf(call, await organizationZone(sql));
      if (from === null || to === null) {
        throw new AppError("--from and --to are needed", { code: "invalid" });
      }
      const read = await readStatements(sql, "all", { from, to });
      await recordExport(db, "export statement", call, read.lines.length);
      return read;
    });
    const rows = found.lines.map((line) => statementCsvRow(line, "data"));
    const csv = statementCsvHeader("data") + rows.join("");
    const total = toDecimal(found.total.effective);
    const unpriced = found.unpricedCalls === 0n ? "" : ` + ${found.unpricedCalls} calls unpriced`;
    const where = out === null ? "" : ` to ${out}`;
    const line = `exported ${rows.length} rows, ${CURRENCY} ${total}${unpriced}${where}`;
    const data = {
      ...{ file: out, rows: rows.length, currency: CURRENCY, total },
      ...{ unpriced_calls: Number(found.unpricedCalls), as_of: found.asOf },
      ...(out === null ? { csv } : {}),
    };
    if (out !== null) await writeFileWhole(out, (write) => write(csv));
    if (out !== null || call.json) return { line, data, exitCode: 0 };
    await toStandardOutput(csv);
    // Standard output is the file.
    process.stderr.write(`${line}\n`);
    return { line: "", data, exitCode: 0 };
  },
};
