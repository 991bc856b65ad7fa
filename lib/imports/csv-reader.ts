import { because, inEnglish, type Reason } from "#lib/refusals/reason.ts";

/** One record of a CSV file and the line it starts on (1-based). */
export type CsvRecord = { readonly line: number; readonly fields: readonly string[] };

export class CsvSyntaxError extends Error {
  override readonly name = "CsvSyntaxError";
  readonly reason: Reason;
  readonly line: number;

  constructor(reason: Reason, line: number) {
    super(inEnglish(reason));
    this.reason = reason;
    this.line = line;
  }
}

/**
 * Reads RFC 4180 strictly: quotes only around a whole field, doubled inside,
 * and every quoted field closed. Both CRLF and LF end a record, a UTF-8 mark
 * at the start and empty lines are left out.
 *
 * @throws {CsvSyntaxError} where the text breaks the rules: guessing what a
 *   stray quote meant would move figures into the wrong column.
 */
export function readCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const start = line;
    const fields: string[] = [];
    for (;;) {
      const field = readField(text, at, line);
      fields.push(field.value);
      line = field.line;
      at = field.end;
      if (text[at] !== ",") break;
      at += 1;
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    line += 1;
    if (fields.length > 1 || fields[0] !== "") records.push({ line: start, fields });
  }
  return records;
}

type Field = { readonly value: string; readonly end: number; readonly line: number };

function readField(text: string, start: number, line: number): Field {
  if (text[start] === '"') return readQuoted(text, start, line);
  let end = start;
  while (end < text.length && text[end] !== "," && !endsRecord(text, end)) {
    if (text[end] === '"') throw new CsvSyntaxError(because("quote_within"), line);
    end += 1;
  }
  return { value: text.slice(start, end), end, line };
}

function readQuoted(text: string, start: number, firstLine: number): Field {
  let value = "";
  let line = firstLine;
  let from = start + 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\n") line += 1;
    if (text[at] !== '"') continue;
    value += text.slice(from, at);
    if (text[at + 1] !== '"') return closed(text, value, at + 1, line);
    value += '"';
    at += 1;
    from = at + 1;
  }
  throw new CsvSyntaxError(because("quote_open"), firstLine);
}

function closed(text: string, value: string, end: number, line: number): Field {
  if (end < text.length && text[end] !== "," && !endsRecord(text, end)) {
    throw new CsvSyntaxError(because("quote_followed"), line);
  }
  return { value, end, line };
}

function endsRecord(text: string, at: number): boolean {
  return text[at] === "\n" || (text[at] === "\r" && text[at + 1] === "\n");
}
