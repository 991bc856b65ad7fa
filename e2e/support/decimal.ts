const PLACES = 18;

/**
 * Reads a decimal as a whole number of 1e-18. A second implementation on
 * purpose: what checks the sums must not share their arithmetic.
 */
export function parseDecimal(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  const [, sign, whole = "", fraction = ""] = match ?? [];
  if (match === null || fraction.length > PLACES) throw new Error(`no exact decimal: ${text}`);
  const value = BigInt(whole + fraction.padEnd(PLACES, "0"));
  return sign === "-" ? -value : value;
}

export function addDecimals(texts: Iterable<string>): bigint {
  let sum = 0n;
  for (const text of texts) sum += parseDecimal(text);
  return sum;
}

/** The amount in "$1,234.50 and words", as the pages write it in English. */
export function parseDollars(text: string): bigint {
  const [, amount] = /\$([\d,]+(?:\.\d+)?)/.exec(text) ?? [];
  if (amount === undefined) throw new Error(`no amount in dollars: ${text}`);
  return parseDecimal(amount.replaceAll(",", ""));
}
