/** A decimal as a count of `10 ** -scale`. */
type Decimal = { readonly digits: bigint; readonly scale: number };

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
/** What the ledger keeps; a product with more is rounded there. */
const SCALE = 18;

/** The product of two decimals in text, half to even at the eighteenth decimal; null for what is none. */
export function exactProduct(a: string, b: string): Decimal | null {
  const [x, y] = [decimal(a), decimal(b)];
  if (x === null || y === null) return null;
  return rounded({ digits: x.digits * y.digits, scale: x.scale + y.scale });
}

export function sameDecimal(a: Decimal | null, text: string): boolean {
  const b = decimal(text);
  if (a === null || b === null) return false;
  return a.digits * 10n ** BigInt(b.scale) === b.digits * 10n ** BigInt(a.scale);
}

function decimal(text: string): Decimal | null {
  const [whole, sign = "", integer = "", fraction = "", exponent = "0"] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return null;
  const digits = BigInt(`${sign}${integer}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function rounded({ digits, scale }: Decimal): Decimal {
  if (scale <= SCALE) return { digits, scale };
  const unit = 10n ** BigInt(scale - SCALE);
  const magnitude = digits < 0n ? -digits : digits;
  const [quotient, rest] = [magnitude / unit, (magnitude % unit) * 2n];
  const up = rest > unit || (rest === unit && quotient % 2n === 1n) ? 1n : 0n;
  return { digits: digits < 0n ? -(quotient + up) : quotient + up, scale: SCALE };
}
