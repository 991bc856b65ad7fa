import { CsvSyntaxError } from "#lib/imports/csv-reader.ts";
import { RowError, readTime, readUnixTime } from "#lib/imports/import-row.ts";
import type { ImportError } from "#lib/imports/import-source.ts";
import { JsonSyntaxError } from "#lib/imports/json-reader.ts";
import { addUsd, CURRENCY, parseUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { type CivilDay, civilDayAt, startOfDay } from "#lib/time/civil-day.ts";
import { decimalText } from "#lib/usage/decimal-text.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import { type CountedLines, countedLines, type PriceOf } from "./counted-usage.ts";
import { type FlatRow, flatRows } from "./flat-rows.ts";
import { firstOf, type InvoiceForm, invoiceForm, itemOf } from "./invoice-columns.ts";
import type { InvoiceColumns, InvoiceLine, InvoiceSource } from "./invoice-line.ts";
import { kindOf } from "./kind-of.ts";
import { addLine, type LineSums, TooManyLines } from "./line-sums.ts";
import { isUsageExport, parseUsageExport } from "./parse-usage-export.ts";
import { tokenClassOf } from "./token-class-of.ts";

export type InvoiceFile = {
  readonly lines: readonly InvoiceLine[];
  /** Rows of other months or of services that are no models. */
  readonly passedOver: number;
  readonly errors: readonly ImportError[];
  /** Null: the amounts are the file's own. Else it only counts, and is priced by Outlay. */
  readonly counted: { readonly unpricedTokens: bigint } | null;
};

export type InvoiceQuestion = {
  readonly source: InvoiceSource;
  /** Days of UTC: from inclusive, to exclusive. */
  readonly month: { readonly first: CivilDay; readonly end: CivilDay };
  /** Of a CSV file of another form. */
  readonly columns: InvoiceColumns | null;
  /** Whose invoice it is, where no column says so. */
  readonly provider: string | null;
  /** For files that count usage and tell no amounts. */
  readonly priceOf: PriceOf;
};

const MOST_ERRORS = 100;
const MOST_WORDS = 200;

/**
 * Reads a provider's invoice or cost export, summed by kind, provider, model,
 * day and class of tokens. With any error it is not to be used: half an invoice
 * would look like a whole one. A usage export without amounts is priced. Pure.
 */
export function parseInvoice(text: string, question: InvoiceQuestion): InvoiceFile {
  const { source, columns, provider, month, priceOf } = question;
  if (isUsageExport(text, source)) return parseUsageExport(text, source, month, priceOf);
  const form = invoiceForm(source, columns, provider);
  const sums: LineSums = new Map();
  const errors: ImportError[] = [];
  let [passedOver, unpricedTokens] = [0, 0n];
  try {
    for (const { line, read } of flatRows(text, ...neededOf(form))) {
      const told = orRefusal(() => readOfMonth(read(), form, question));
      if (told instanceof RowError) errors.push({ line, message: told.message });
      else {
        if (told.lines.length === 0) passedOver += 1;
        for (const each of told.lines) addLine(sums, each);
        unpricedTokens += told.unpricedTokens;
      }
      if (errors.length === MOST_ERRORS) break;
    }
  } catch (error) {
    errors.push(fileError(error));
  }
  const counted = isCounted(form) ? { unpricedTokens } : null;
  return { lines: [...sums.values()], passedOver, errors, counted };
}

function orRefusal<Result>(read: () => Result): Result | RowError {
  try {
    return read();
  } catch (error) {
    if (error instanceof RowError) return error;
    throw error;
  }
}

/** Whether files of this form tell no amounts. */
function isCounted({ amount }: InvoiceForm): boolean {
  return amount.length === 0;
}

/** What a CSV file has to have a column for. */
function neededOf(form: InvoiceForm): [readonly string[], string] {
  return isCounted(form) ? [form.quantity, "tokens"] : [form.amount, "amount"];
}

/** No lines: the row tells nothing of the month. */
function readOfMonth(row: FlatRow, form: InvoiceForm, question: InvoiceQuestion): CountedLines {
  const found = ofMonth(readRow(row, form), question.month);
  if (!isCounted(form)) return { lines: found, unpricedTokens: 0n };
  const counted = found.map((line) => priced(line, question));
  return {
    lines: counted.flatMap(({ lines }) => lines),
    unpricedTokens: counted.reduce((sum, { unpricedTokens }) => sum + unpricedTokens, 0n),
  };
}

function ofMonth(
  found: readonly InvoiceLine[],
  { first, end }: InvoiceQuestion["month"],
): readonly InvoiceLine[] {
  return found.filter(({ day }) => day === null || (first <= day && day < end));
}

/** A row of a file that tells tokens and no amount. @throws {RowError} unless it says of which model and class. */
function priced(
  { provider, model, day, tokenClass, tokens }: InvoiceLine,
  { month, priceOf }: InvoiceQuestion,
): CountedLines {
  if (model === null) throw new RowError("a row without an amount has to name its model");
  if (tokenClass === null || tokens === null) {
    throw new RowError("a row without an amount has to tell its tokens and their class");
  }
  const count = Number(tokens);
  if (!Number.isSafeInteger(count)) throw new RowError(`too many tokens: ${tokens}`);
  return countedLines(
    {
      ...{ provider, model, tier: null, speed: null, region: null, units: {}, contextTokens: 0 },
      startedAtMs: startOfDay(day ?? month.first, "UTC"),
      // Reasoning is a part of the output, wherever it has no price of its own.
      tokens: {
        ...NO_TOKENS,
        [tokenClass]: count,
        ...(tokenClass === "reasoning" && { output: count }),
      },
    },
    day,
    priceOf,
  );
}

/** A row's line, and one for the credits that it names; none for another service. */
function readRow(row: FlatRow, form: InvoiceForm): InvoiceLine[] {
  const provider = form.providerOf(row);
  if (provider === null) return [];
  requireDollars(row, form);
  const item = itemOf(row, form);
  const model = firstOf(row, form.model);
  const line: InvoiceLine = {
    kind: kindOf(firstOf(row, form.kind), model !== null),
    provider,
    model: (model ?? item)?.slice(0, MOST_WORDS) ?? null,
    day: readDay(row, form),
    tokenClass: tokenClassOf(firstOf(row, form.tokenClass)) ?? tokenClassOf(item),
    amount: isCounted(form) ? ZERO_USD : amountOf(firstOf(row, form.amount), form.shift),
    tokens: readTokens(row, form),
    rows: 1,
  };
  const credits = creditsOf(row);
  if (credits === ZERO_USD) return [line];
  return [line, { ...line, kind: "credit", amount: credits, tokens: null }];
}

function requireDollars(row: FlatRow, { amount, currency }: InvoiceForm): void {
  // A column of dollars beside one of the currency that was billed.
  if (amount.some((name) => name.endsWith("usd") && row.has(name))) return;
  const said = firstOf(row, currency);
  if (said !== null && said.toUpperCase() !== CURRENCY) {
    throw new RowError(`the amount is in ${said.slice(0, 10)}, not ${CURRENCY}`);
  }
}

function amountOf(text: string | null, shift = 0): Usd {
  if (text === null) throw new RowError("the amount is missing");
  const plain = decimalText(text, shift);
  if (plain === null) throw new RowError(`not an amount: ${JSON.stringify(text.slice(0, 40))}`);
  return parseUsd(plain);
}

/** ISO 8601, Unix seconds, or month/day/year as Azure writes it. */
function readDay(row: FlatRow, form: InvoiceForm): CivilDay | null {
  const text = firstOf(row, form.day);
  if (text === null && form.isDated) {
    throw new RowError("the row has no date: is the file of the source that was chosen?");
  }
  if (text === null) return null;
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const [, month = "", day = "", year = ""] = american ?? [];
  const iso =
    american === null ? text : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const isUnix = /^\d{9,11}$/.test(text);
  const ms = isUnix ? readUnixTime({ day: text }, "day", "seconds") : readTime({ day: iso }, "day");
  return civilDayAt(ms, "UTC");
}

/** Null for a quantity of something else. A unit such as "1K tokens" is of so many. */
function readTokens(row: FlatRow, form: InvoiceForm): bigint | null {
  const text = firstOf(row, form.quantity);
  const unit = form.unit.length === 0 ? "tokens" : (firstOf(row, form.unit) ?? "");
  const isTokens = /tokens?\b|^count$|^1[km]$/i.test(unit);
  const plain = text === null ? null : decimalText(text);
  if (!isTokens || plain === null || plain.startsWith("-")) return null;
  const [, digits = "", power = ""] = /(\d[\d,]*)?\s*([km])?\s*(?:tokens?|$)/i.exec(unit) ?? [];
  const block = BigInt(digits.replaceAll(",", "") || "1") * (POWERS[power.toLowerCase()] ?? 1n);
  return (parseUsd(plain) * block + ONE / 2n) / ONE;
}

const ONE = 10n ** 18n;
const POWERS: Readonly<Record<string, bigint>> = { k: 1_000n, m: 1_000_000n };

/** Google's `credits`: a list of amounts below zero. */
function creditsOf(row: FlatRow): Usd {
  const text = row.get("credits");
  if (text === undefined || !text.startsWith("[")) return ZERO_USD;
  const list = listIn(text);
  if (!Array.isArray(list)) return ZERO_USD;
  return list.reduce<Usd>((sum, credit: unknown) => {
    const amount = typeof credit === "object" && credit !== null && "amount" in credit;
    return amount ? addUsd(sum, amountOf(String(credit.amount))) : sum;
  }, ZERO_USD);
}

function listIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RowError("credits is no list", { cause });
  }
}

/** What makes the file as a whole unreadable; anything else is a bug and goes on. */
function fileError(error: unknown): ImportError {
  if (error instanceof CsvSyntaxError || error instanceof JsonSyntaxError) {
    return { line: error.line, message: error.message };
  }
  if (error instanceof RowError || error instanceof TooManyLines)
    return { line: 1, message: error.message };
  throw error;
}
