import { CURRENCY_CODE } from "#lib/currency/exchange-rates.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { CSV_FLAVORS, type CsvFlavor } from "#lib/reports/csv.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import {
  convertedCsvHeader,
  convertedCsvRow,
  usageCsvHeader,
  usageCsvRow,
} from "#lib/reports/usage-csv.ts";
import { type ConvertedSummary, streamUsageInCurrency } from "#lib/reports/usage-in-currency.ts";
import {
  BUCKETS,
  COST_BASES,
  DIMENSIONS,
  type Dimension,
  type UsageQuery,
} from "#lib/reports/usage-query.ts";
import { streamUsage, type UsageSummary } from "#lib/reports/usage-report.ts";
import { isTimeZone } from "#lib/time/zone.ts";
import { type Call, type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";
import { PERIOD_OPTIONS, periodOf } from "./period.ts";
import { recordExport } from "./record-export.ts";
import { toStandardOutput, type Write, writeFileWhole } from "./write-file.ts";

/** Writes the file that GET /api/v1/usage.csv answers with. */
export const exportUsage: Command = {
  usage: [
    "export usage --from TIME --to TIME [--out FILE] [--group-by team,model,…]",
    `[--bucket ${BUCKETS.join("|")}] [--tz ZONE] [--cost ${COST_BASES.join("|")}]`,
    `[--currency CODE] [--flavor ${CSV_FLAVORS.join("|")}]`,
  ].join(" "),
  options: {
    ...PERIOD_OPTIONS,
    out: { type: "string" },
    "group-by": { type: "string" },
    bucket: { type: "string" },
    tz: { type: "string" },
    cost: { type: "string" },
    currency: { type: "string" },
    flavor: { type: "string" },
  },
  run: async (call) => {
    const flavor = oneOf(call, "flavor", CSV_FLAVORS, "data");
    const out = text(call, "out");
    const currency = currencyOf(call);
    const pieces: (string | Uint8Array)[] = [];
    const summary = await withDatabase(call.config, async ({ sql, db }) => {
      const query = await queryOf(sql, call);
      const write = (writePiece: Write): Promise<UsageSummary | ConvertedSummary> =>
        currency === CURRENCY
          ? writeCsv(sql, query, flavor, writePiece)
          : writeConvertedCsv(sql, query, flavor, currency, writePiece);
      const keep: Write = async (piece) => void pieces.push(piece);
      const done =
        out !== null
          ? await writeFileWhole(out, write)
          : await write(call.json ? keep : toStandardOutput);
      await recordExport(db, "export usage", call, done.rowCount);
      return done;
    });
    const data = {
      file: out,
      rows: summary.rowCount,
      currency,
      total: toDecimal(summary.total.cost),
      unpriced_calls: summary.total.unpricedCalls,
      as_of: summary.asOf,
      ...(out === null ? { csv: pieces.join("") } : {}),
    };
    const line = lineOf(summary, currency, out);
    if (out !== null || call.json) return { line, data, exitCode: 0 };
    // Standard output is the file.
    process.stderr.write(`${line}\n`);
    return { line: "", data, exitCode: 0 };
  },
};

async function queryOf(sql: SqlClient, call: Call): Promise<UsageQuery> {
  const timeZone = text(call, "tz") ?? (await organizationZone(sql));
  if (!isTimeZone(timeZone)) {
    throw new AppError("--tz must be an IANA zone such as Asia/Taipei", { code: "invalid" });
  }
  const { from, to } = periodOf(call, timeZone);
  if (from === null || to === null) {
    throw new AppError("--from and --to are needed", { code: "invalid" });
  }
  return {
    from,
    to,
    groupBy: dimensionsOf(call),
    bucket: oneOf(call, "bucket", BUCKETS, "none"),
    timeZone,
    costBasis: oneOf(call, "cost", COST_BASES, "effective"),
    filters: {},
  };
}

function dimensionsOf(call: Call): Dimension[] {
  const names = (text(call, "group-by") ?? "").split(",").filter((name) => name !== "");
  const known = DIMENSIONS.filter((dimension) => names.includes(dimension));
  if (new Set(names).size === names.length && known.length === names.length) {
    return names as Dimension[];
  }
  throw new AppError(`--group-by takes, each once, ${DIMENSIONS.join(", ")}`, { code: "invalid" });
}

function oneOf<const Value extends string>(
  call: Call,
  name: string,
  values: readonly Value[],
  fallback: Value,
): Value {
  const given = text(call, name) ?? fallback;
  const value = values.find((candidate) => candidate === given);
  if (value !== undefined) return value;
  throw new AppError(`--${name} must be one of ${values.join(", ")}`, { code: "invalid" });
}

function currencyOf(call: Call): string {
  const currency = text(call, "currency") ?? CURRENCY;
  if (CURRENCY_CODE.test(currency)) return currency;
  throw new AppError("--currency must be an ISO 4217 code such as EUR", { code: "invalid" });
}

async function writeCsv(
  sql: SqlClient,
  query: UsageQuery,
  flavor: CsvFlavor,
  write: Write,
): Promise<UsageSummary> {
  let summary: UsageSummary | undefined;
  await streamUsage(sql, "all", query, {
    begin: async (found) => {
      summary = found;
      await write(usageCsvHeader(query, flavor));
    },
    write: async (rows) => {
      await write(rows.map((row) => usageCsvRow(row, query, flavor)).join(""));
    },
  });
  if (summary === undefined) throw new Error("a report without its total");
  return summary;
}

async function writeConvertedCsv(
  sql: SqlClient,
  query: UsageQuery,
  flavor: CsvFlavor,
  currency: string,
  write: Write,
): Promise<ConvertedSummary> {
  let summary: ConvertedSummary | undefined;
  const choice = { currency, now: new Date() };
  await streamUsageInCurrency(sql, "all", query, choice, {
    begin: async (found) => {
      summary = found;
      await write(convertedCsvHeader(query, flavor));
    },
    write: async (rows) => {
      await write(rows.map((row) => convertedCsvRow(row, query, flavor)).join(""));
    },
  });
  if (summary === undefined) throw new Error("a report without its total");
  return summary;
}

function lineOf(
  { rowCount, total }: UsageSummary | ConvertedSummary,
  currency: string,
  out: string | null,
): string {
  const unpriced = total.unpricedCalls === 0 ? "" : ` + ${total.unpricedCalls} calls unpriced`;
  const where = out === null ? "" : ` to ${out}`;
  return `exported ${rowCount} rows, ${currency} ${toDecimal(total.cost)}${unpriced}${where}`;
}
