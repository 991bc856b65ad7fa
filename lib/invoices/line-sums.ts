import { addUsd, ZERO_USD } from "#lib/money/money.ts";
import type { InvoiceLine } from "./invoice-line.ts";

const MOST_LINES = 50_000;

/** Sums of lines of the same subject. */
export type LineSums = Map<string, InvoiceLine>;

/** @throws {TooManyLines} when the lines tell more subjects apart than an invoice does. */
export function addLine(sums: LineSums, line: InvoiceLine): void {
  const { kind, provider, model, day, tokenClass } = line;
  const key = JSON.stringify([kind, provider, model, day, tokenClass]);
  const sum = sums.get(key);
  sums.set(key, {
    ...line,
    amount: addUsd(sum?.amount ?? ZERO_USD, line.amount),
    tokens: plus(sum?.tokens ?? null, line.tokens),
    rows: (sum?.rows ?? 0) + line.rows,
  });
  if (sums.size > MOST_LINES) throw new TooManyLines();
}

/** Null is "not told". */
export function plus(a: bigint | null, b: bigint | null): bigint | null {
  return a === null || b === null ? (a ?? b) : a + b;
}

export class TooManyLines extends Error {
  override message = `more than ${MOST_LINES} different lines; sum the export by day and model`;
}
