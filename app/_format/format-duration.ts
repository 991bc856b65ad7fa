import { numberFormat } from "./formatters.ts";

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** A length of time in its fitting unit: "850 ms", "1.2 s", "3.5 min", "2.1 h". */
export function formatDuration(ms: number, locale: string): string {
  const [value, unit] = inUnit(ms);
  return numberFormat(locale, {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumSignificantDigits: value < 100 ? 2 : 3,
  }).format(value);
}

function inUnit(ms: number): [value: number, unit: string] {
  if (ms < SECOND) return [ms, "millisecond"];
  if (ms < MINUTE) return [ms / SECOND, "second"];
  return ms < HOUR ? [ms / MINUTE, "minute"] : [ms / HOUR, "hour"];
}
