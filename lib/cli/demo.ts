import { AppError } from "#lib/errors.ts";
import { loadSample } from "#lib/sample/load-sample.ts";
import { removeSample } from "#lib/sample/remove-sample.ts";
import { type Call, type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";

const MOST_DAYS = 365;

/** Loads a sample organisation into an empty Outlay, or takes it away. */
export const demo: Command = {
  usage: "demo [--days 90] [--seed 1] | demo --remove",
  options: {
    days: { type: "string" },
    seed: { type: "string" },
    remove: { type: "boolean" },
  },
  run: async (call) => {
    if (call.options.remove === true) {
      const events = await withDatabase(call.config, ({ sql }) => removeSample(sql));
      const line = `took the sample organisation away, with ${events} events`;
      return { line, data: { removed: events }, exitCode: 0 };
    }
    const days = wholeNumber(call, "days", 90, MOST_DAYS);
    const seed = wholeNumber(call, "seed", 1, 1_000_000);
    const order = { days, seed, now: new Date() };
    const events = await withDatabase(call.config, ({ sql }) => loadSample(sql, order));
    const line = `loaded a sample organisation of ${days} days, ${events} events; take it away with outlay demo --remove`;
    return { line, data: { days, seed, events }, exitCode: 0 };
  },
};

function wholeNumber(call: Call, name: "days" | "seed", fallback: number, most: number): number {
  const given = text(call, name) ?? String(fallback);
  const value = Number(given);
  if (/^\d{1,7}$/.test(given) && value >= 1 && value <= most) return value;
  throw new AppError(`--${name} must be a whole number from 1 to ${most}`, { code: "invalid" });
}
