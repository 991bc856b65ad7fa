/**
 * `JSON.parse` for bodies from outside: no whole number loses digits, and a
 * body cannot unfold to many times its size.
 *
 * OTLP allows 64-bit integers as JSON numbers, which `JSON.parse` rounds above
 * 2^53. Long whole numbers are therefore quoted before parsing; every reader
 * of an OTLP number takes strings too. One walk over the text finds them and
 * counts what the body will become.
 */

import { AppError } from "#lib/errors.ts";

/** A value at the deepest level we keep stands some 400 brackets deep. */
const MAX_BRACKET_DEPTH = 10_000;
/** Lists, objects and commas: an attribute of the shortest kind has four. */
const MAX_PARTS = 8_000_000;

/** The shortest whole number that a double may not hold has sixteen digits. */
const LONG_DIGITS = 16;
const NUMBER = /-?\d[\d.eE+-]*/g;
const WHOLE = /^-?[1-9]\d{15,}$/;

/**
 * Parses a body, with whole numbers of sixteen digits and more as strings.
 *
 * @throws {AppError} "invalid" when it is not JSON, "too_large" when it unfolds to too much.
 */
export function parseJson(bytes: Uint8Array): unknown {
  // Not fatal: a bad byte in one text becomes U+FFFD, as in protobuf, and spares its neighbours.
  const text = quoteLongNumbers(new TextDecoder().decode(bytes));
  try {
    return JSON.parse(text);
  } catch (cause) {
    // V8's message quotes the body, which may hold prompts.
    throw new AppError("malformed JSON", { code: "invalid", cause });
  }
}

function quoteLongNumbers(text: string): string {
  const counted = { depth: 0, parts: 0 };
  const pieces: string[] = [];
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    countParts(text, at, end, counted);
    if (end - at >= LONG_DIGITS) {
      pieces.push(text.slice(copied, at), quoted(text.slice(at, end)));
      copied = end;
    }
    at = quote === -1 ? end : endOfString(text, quote + 1);
  }
  if (pieces.length === 0) return text;
  pieces.push(text.slice(copied));
  return pieces.join("");
}

function quoted(segment: string): string {
  return segment.replace(NUMBER, (number) => (WHOLE.test(number) ? `"${number}"` : number));
}

function countParts(
  text: string,
  start: number,
  end: number,
  counted: { depth: number; parts: number },
): void {
  for (let at = start; at < end; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x2c) counted.parts += 1;
    else if (char === 0x5b || char === 0x7b) {
      counted.parts += 1;
      counted.depth += 1;
      if (counted.depth > MAX_BRACKET_DEPTH) {
        throw new AppError("JSON is nested too deeply", { code: "invalid" });
      }
    } else if (char === 0x5d || char === 0x7d) counted.depth -= 1;
  }
  if (counted.parts > MAX_PARTS) {
    throw new AppError("too many values in one request", { code: "too_large" });
  }
}

/** The index after the quote that ends the string whose text starts at `start`. */
function endOfString(text: string, start: number): number {
  let from = start;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(quote - 1 - slashes) === 0x5c) slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}
