const NUMERIC = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;
const MAX_DECIMALS = 18;
const MAX_WHOLE_DIGITS = 20;

/**
 * A reported amount as a plain decimal string, as `parseUsd` reads it: "0.32",
 * "0.0000001", never an exponent. Producers send amounts as doubles, as text
 * and in cents; all is done on the digits, so nothing is computed in binary.
 * Digits beyond the eighteenth decimal are rounded half to even.
 *
 * @param shift Power of ten that the amount is multiplied with: -2 for cents.
 * @returns Null for what is no finite number or has more than twenty whole digits.
 */
export function decimalText(value: unknown, shift = 0): string | null {
  const text = sourceText(value);
  const match = text === null ? null : NUMERIC.exec(text);
  if (match === null) return null;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return null;
  const digits = BigInt(whole + fraction);
  const scale = fraction.length - Number(exponent) - shift;
  if (digits === 0n) return "0";
  if (scale < -MAX_WHOLE_DIGITS || scale > 400) return scale > 400 ? "0" : null;
  const scaled = toScale(digits, scale);
  const padded = scaled.toString().padStart(MAX_DECIMALS + 1, "0");
  const wholeDigits = padded.slice(0, -MAX_DECIMALS);
  if (wholeDigits.length > MAX_WHOLE_DIGITS) return null;
  const decimals = padded.slice(-MAX_DECIMALS).replace(/0+$/, "");
  const plain = decimals === "" ? wholeDigits : `${wholeDigits}.${decimals}`;
  return sign === "-" && scaled !== 0n ? `-${plain}` : plain;
}

/** The shortest text that names a double is what its writer meant; beyond 80 characters nobody means it. */
function sourceText(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null;
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "string") return null;
  const text = value.trim();
  return text.length <= 80 ? text : null;
}

function toScale(digits: bigint, scale: number): bigint {
  if (scale <= MAX_DECIMALS) return digits * 10n ** BigInt(MAX_DECIMALS - scale);
  const divisor = 10n ** BigInt(scale - MAX_DECIMALS);
  const quotient = digits / divisor;
  const twice = (digits % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  return up ? quotient + 1n : quotient;
}
