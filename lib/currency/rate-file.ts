import { CsvSyntaxError } from "#lib/imports/csv-reader.ts";
import { readTable, type Table } from "#lib/imports/csv-table.ts";
import { type Row, RowError } from "#lib/imports/import-row.ts";
import { because, inEnglish, type Reason } from "#lib/refusals/reason.ts";
import type { DatedRate } from "./exchange-rates.ts";

/** What is wrong with a line (1-based); null where it is the whole file. */
export type RateMistake = {
  readonly line: number | null;
  /** In English. */
  readonly reason: string;
  readonly why: Reason;
};

export type RateFile = {
  readonly format: "ecb" | "plain";
  readonly rates: readonly DatedRate[];
  readonly mistakes: readonly RateMistake[];
};

const ECB = "European Central Bank, euro foreign exchange reference rates";
const PLAIN = "imported rate file";
const MOST_MISTAKES = 200;

/**
 * Reads a file of exchange rates:
 * - the European Central Bank's `eurofxref-hist.csv` (or `eurofxref.csv`): a
 *   line a day, a column a currency, units of it for one euro, `N/A` where none
 *   was published;
 * - `date,currency,rate`: units of the currency for one US dollar.
 *
 * Never throws: everything that is wrong is listed with its line.
 *
 * @see https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/html/index.en.html
 */
export function readRateFile(text: string): RateFile {
  try {
    const table = readTable(text);
    const isPlain = ["currency", "rate"].every((name) => lowerNames(table).includes(name));
    return isPlain ? readPlain(table) : readEcb(table);
  } catch (error) {
    return { format: "plain", rates: [], mistakes: [mistakeOf(error, null)] };
  }
}

function readPlain(table: Table): RateFile {
  const names = lowerNames(table);
  const unknown = table.columns.filter((_, i) => !PLAIN_COLUMNS.has(names[i] ?? ""));
  if (unknown.length > 0)
    throw new RowError(because("columns_unknown", { names: unknown.join(", ") }));
  const column = (name: string) => table.columns[names.indexOf(name)] ?? name;
  return collect("plain", table, (row) => {
    const currency = codeOf(textIn(row, column("currency")));
    if (currency === "USD") throw new RowError(because("rate_of_usd"));
    const source = textIn(row, column("source")).trim() || PLAIN;
    if (source.length > 200) throw new RowError(because("rate_source_long"));
    const rate = rateOf(textIn(row, column("rate")));
    return [{ base: "USD", currency, date: dateOf(textIn(row, column("date"))), rate, source }];
  });
}

const PLAIN_COLUMNS: ReadonlySet<string> = new Set(["date", "currency", "rate", "source"]);

function readEcb(table: Table): RateFile {
  const [first, ...others] = table.columns;
  if (first?.toLowerCase() !== "date" || !others.includes("USD")) {
    throw new RowError(because("rate_columns"));
  }
  const codes = others.filter((name) => name !== "").map(codeOf);
  return collect("ecb", table, (row) => {
    const date = dateOf(textIn(row, first));
    const stated = codes.filter((code) => !NOT_PUBLISHED.has(textIn(row, code).trim()));
    if (!stated.includes("USD")) throw new RowError(because("rate_usd_missing"));
    return stated.map((currency) => ({
      ...{ base: "EUR", currency, date, source: ECB },
      rate: rateOf(textIn(row, currency)),
    }));
  });
}

const NOT_PUBLISHED: ReadonlySet<string> = new Set(["N/A", "", "-"]);

function collect(
  format: RateFile["format"],
  table: Table,
  ratesOf: (row: Row) => readonly DatedRate[],
): RateFile {
  const rates = new Map<string, DatedRate>();
  const mistakes: RateMistake[] = [];
  for (const { line, read } of table.rows) {
    if (mistakes.length >= MOST_MISTAKES) break;
    try {
      for (const rate of ratesOf(read())) {
        const key = `${rate.currency} ${rate.date}`;
        const other = rates.get(key);
        if (other !== undefined && other.rate !== rate.rate) {
          throw new RowError(because("rate_twice", { currency: rate.currency, date: rate.date }));
        }
        rates.set(key, rate);
      }
    } catch (error) {
      mistakes.push(mistakeOf(error, line));
    }
  }
  if (rates.size === 0 && mistakes.length === 0) {
    mistakes.push(mistake(null, because("no_rates")));
  }
  return { format, rates: [...rates.values()], mistakes };
}

/** @throws what is no mistake of the file. */
function mistakeOf(error: unknown, line: number | null): RateMistake {
  if (error instanceof CsvSyntaxError) return mistake(error.line, error.reason);
  if (!(error instanceof RowError)) throw error;
  return mistake(line, error.reason ?? because("other", { detail: error.message }));
}

function mistake(line: number | null, why: Reason): RateMistake {
  return { line, reason: inEnglish(why), why };
}

function textIn(row: Row, column: string): string {
  return String(row[column] ?? "");
}

function lowerNames({ columns }: Table): string[] {
  return columns.map((name) => name.toLowerCase());
}

function codeOf(text: string): string {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{3}$/.test(code)) return code;
  throw new RowError(because("no_currency", { text: quoted(text) }));
}

/** Trailing zeros say nothing: 1.10 and 1.1 are one rate. */
function rateOf(text: string): string {
  const match = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text.trim());
  if (match === null) throw new RowError(because("no_rate", { text: quoted(text) }));
  const whole = (match[1] ?? "").replace(/^0+(?=\d)/, "");
  const decimals = (match[2] ?? "").replace(/0+$/, "");
  const rate = decimals === "" ? whole : `${whole}.${decimals}`;
  if (rate === "0") throw new RowError(because("rate_zero"));
  return rate;
}

const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** `2026-11-20`, or `20 November 2026` as the ECB's daily file writes it. */
function dateOf(text: string): string {
  const words = /^(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})$/.exec(text.trim());
  const month = MONTHS.indexOf(words?.[2]?.toLowerCase() ?? "") + 1;
  const date =
    words === null
      ? text.trim()
      : `${words[3]}-${String(month).padStart(2, "0")}-${words[1]?.padStart(2, "0")}`;
  if (/^\d{4}-\d{2}-\d{2}$/.test(date) && isOnCalendar(date)) return date;
  throw new RowError(because("no_date", { text: quoted(text) }));
}

function isOnCalendar(date: string): boolean {
  const at = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date);
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
