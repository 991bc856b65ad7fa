import { AppError } from "#lib/errors.ts";
import { startOfDate } from "#lib/time/calendar.ts";
import { type Call, text } from "./command.ts";

/** Options of a command about a stretch of time; both ends may be left open. */
export const PERIOD_OPTIONS = { from: { type: "string" }, to: { type: "string" } } as const;

/**
 * `--from` (inclusive) and `--to` (exclusive): an ISO 8601 instant with its
 * offset, or a date, which begins at midnight in the given zone.
 *
 * @throws {AppError} "invalid" when one is neither, or when they are out of order.
 */
export function periodOf(call: Call, timeZone: string): { from: Date | null; to: Date | null } {
  const [from, to] = [momentOf(call, "from", timeZone), momentOf(call, "to", timeZone)];
  if (from !== null && to !== null && from >= to) {
    throw new AppError("--to must be after --from", { code: "invalid" });
  }
  return { from, to };
}

function momentOf(call: Call, name: "from" | "to", timeZone: string): Date | null {
  const given = text(call, name);
  if (given === null) return null;
  const [date = "", clock] = given.split("T");
  const day = dayOf(date);
  const ms = clock === undefined ? day && startOfDate(...day, timeZone) : instantOf(given);
  if (day !== null && ms !== null) return new Date(ms);
  throw new AppError(
    `--${name} must be a date such as 2026-11-01, or an instant such as 2026-11-01T08:00:00Z`,
    { code: "invalid" },
  );
}

/** Null for what no calendar has, such as the 30th of February. */
function dayOf(date: string): [year: number, month: number, day: number] | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return null;
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? [year, month, day] : null;
}

function instantOf(text: string): number | null {
  if (!/T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}
