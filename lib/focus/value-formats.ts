import type { FocusFormat } from "./columns.ts";

const DECIMAL = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const CURRENCIES = new Set(Intl.supportedValuesOf("currency"));

/** Whether a value is written as FOCUS's attribute of that name asks. */
export function isFormatted(value: string, format: FocusFormat): boolean {
  switch (format) {
    case "decimal":
      return DECIMAL.test(value);
    case "time":
      return TIME.test(value) && !Number.isNaN(Date.parse(value));
    case "currency":
      return CURRENCIES.has(value);
    case "json":
      return isFlatObject(value);
    case "text":
      return true;
  }
}

/** One object without another inside it. */
function isFlatObject(text: string): boolean {
  const value = parsed(text);
  return (
    value !== null && Object.values(value).every((one) => one === null || typeof one !== "object")
  );
}

export function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
