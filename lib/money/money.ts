/**
 * Money is an exact integer count of 10⁻¹⁸ USD.
 *
 * Prices are published in dollars per block of units with at most twelve
 * decimals, and the largest common block is a million tokens: tokens × price is
 * therefore exact at 18 decimals. Only multipliers (925/1000) and blocks such
 * as an hour in milliseconds can leave a remainder; those lines are rounded
 * half to even, once. Postgres keeps the same values as numeric(38,18) dollars,
 * JSON and CSV as decimal strings. No floating point touches an amount.
 */
declare const usd: unique symbol;
export type Usd = bigint & { readonly [usd]: true };

/** The same count of another currency's units; which one stands beside it. */
declare const other: unique symbol;
export type CurrencyAmount = bigint & { readonly [other]: true };

/** An exact ratio, for example 11/10; `den` is above zero. */
export type Fraction = { readonly num: bigint; readonly den: bigint };

/** The currency of every amount. */
export const CURRENCY = "USD";

export const ZERO_USD = 0n as Usd;
export const ONE: Fraction = { num: 1n, den: 1n };

const DECIMALS = 18;
const ATTO_PER_USD = 10n ** 18n;
const DECIMAL_USD = /^(-?)(\d+)(?:\.(\d{1,18}))?$/;

/**
 * Reads a plain decimal dollar string, such as "12.5" or what Postgres prints
 * for numeric(38,18), exactly.
 *
 * @throws {RangeError} on exponents, separators, signs other than a leading
 *   minus or more than 18 decimals, rather than rounding them away.
 */
export function parseUsd(text: string): Usd {
  const match = DECIMAL_USD.exec(text);
  if (match === null) throw new RangeError(`not a decimal dollar amount: ${JSON.stringify(text)}`);
  const [, sign = "", whole = "0", fraction = ""] = match;
  const magnitude = BigInt(whole) * ATTO_PER_USD + BigInt(fraction.padEnd(DECIMALS, "0"));
  return (sign === "-" ? -magnitude : magnitude) as Usd;
}

/** The exact decimal, without exponent or trailing zeros: "0", "-0.5", "1200". */
export function toDecimal(amount: Usd | CurrencyAmount): string {
  const isNegative = amount < 0n;
  const digits = `${isNegative ? -amount : amount}`.padStart(DECIMALS + 1, "0");
  const point = digits.length - DECIMALS;
  let end = digits.length;
  while (end > point && digits[end - 1] === "0") end -= 1;
  const fraction = end === point ? "" : `.${digits.slice(point, end)}`;
  return `${isNegative ? "-" : ""}${digits.slice(0, point)}${fraction}`;
}

export function addUsd(a: Usd, b: Usd): Usd {
  return (a + b) as Usd;
}

export function subtractUsd(a: Usd, b: Usd): Usd {
  return (a - b) as Usd;
}

export function sumUsd(amounts: Iterable<Usd>): Usd {
  let sum = 0n;
  for (const amount of amounts) sum += amount;
  return sum as Usd;
}

/** `amount × num ÷ den`, rounded half to even. @throws {RangeError} unless `den` is above zero. */
export function multiplyFraction(amount: Usd, num: bigint, den: bigint): Usd {
  return divideHalfEven(amount * num, den) as Usd;
}

/**
 * The cost of one line: `quantity × amount ÷ per × multiplier`, rounded half to
 * even once, at the end.
 *
 * @param amount The published price of a block of `per` units.
 * @throws {RangeError} unless `per` and the denominators are above zero.
 */
export function lineCost(
  quantity: Fraction,
  amount: Usd,
  per: bigint,
  multiplier: Fraction = ONE,
): Usd {
  return divideHalfEven(
    quantity.num * amount * multiplier.num,
    quantity.den * per * multiplier.den,
  ) as Usd;
}

/**
 * Reads a plain decimal ("1", "0.25") as an exact ratio in lowest terms.
 *
 * @throws {RangeError} as {@link parseUsd} does.
 */
export function parseFraction(text: string): Fraction {
  return reduceFraction({ num: parseUsd(text), den: ATTO_PER_USD });
}

export function multiplyFractions(a: Fraction, b: Fraction): Fraction {
  return reduceFraction({ num: a.num * b.num, den: a.den * b.den });
}

/**
 * Divides a total by weights so that the parts add up to it exactly: each part
 * is rounded towards zero, and what is left goes, one unit each, to the largest
 * remainders (the earlier part on a tie).
 *
 * @throws {RangeError} on a negative weight, or when all weights are zero.
 */
export function splitUsd(total: Usd, weights: readonly bigint[]): Usd[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  if (whole <= 0n || weights.some((weight) => weight < 0n)) {
    throw new RangeError("weights must be zero or more, and one of them above zero");
  }
  const magnitude = total < 0n ? -total : total;
  const shares = weights.map((weight, index) => ({
    index,
    part: (magnitude * weight) / whole,
    remainder: (magnitude * weight) % whole,
  }));
  let left = magnitude - shares.reduce((sum, { part }) => sum + part, 0n);
  for (const share of shares.toSorted(byRemainder)) {
    if (left === 0n) break;
    share.part += 1n;
    left -= 1n;
  }
  return shares.map(({ part }) => (total < 0n ? -part : part) as Usd);
}

function byRemainder(
  a: { remainder: bigint; index: number },
  b: { remainder: bigint; index: number },
): number {
  if (a.remainder === b.remainder) return a.index - b.index;
  return a.remainder > b.remainder ? -1 : 1;
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  if (divisor === 1n) return dividend;
  if (divisor <= 0n) throw new RangeError("the divisor must be above zero");
  const quotient = dividend / divisor;
  const remainder = dividend % divisor;
  if (remainder === 0n) return quotient;
  const twice = 2n * (remainder < 0n ? -remainder : remainder);
  if (twice < divisor || (twice === divisor && quotient % 2n === 0n)) return quotient;
  return dividend < 0n ? quotient - 1n : quotient + 1n;
}

function reduceFraction({ num, den }: Fraction): Fraction {
  let [a, b] = [num < 0n ? -num : num, den];
  while (b !== 0n) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
}
