import type { SqlClient } from "#lib/db/client.ts";
import { detectDays, JUDGED_DAYS } from "./detect-days.ts";
import { detectHours } from "./detect-hours.ts";
import { detectRuns } from "./detect-runs.ts";
import { detectShifts } from "./detect-shifts.ts";
import { detectUnpriced } from "./detect-unpriced.ts";
import { resolveCorrected } from "./resolve-corrected.ts";
import { resolveOver } from "./resolve-over.ts";
import { settle } from "./settle.ts";
import { daysBefore, readWatchFacts } from "./watch-facts.ts";

export type Detection = {
  readonly seen: number;
  readonly opened: number;
  readonly resolved: number;
};

/**
 * What must be seen within minutes: hours that burn money, and agents that misbehave.
 *
 * @param publicUrl For the links of messages; null: nobody is told.
 */
export async function detectNow(
  sql: SqlClient,
  now: number,
  publicUrl: string | null,
): Promise<Detection> {
  const facts = await readWatchFacts(sql, now);
  const sightings = [
    ...(await detectRuns(sql, facts)),
    ...(await detectShifts(sql, facts)),
    ...(await detectUnpriced(sql, facts)),
    ...(await detectHours(sql, facts)),
  ];
  const settled = await settle(sql, sightings, facts, publicUrl);
  return { ...settled, resolved: await resolveOver(sql, now, publicUrl) };
}

/** Complete days: spend, tokens, calls, errors and tool calls outside their range. */
export async function detectPastDays(
  sql: SqlClient,
  now: number,
  publicUrl: string | null,
): Promise<Detection> {
  const facts = await readWatchFacts(sql, now);
  const settled = await settle(sql, await detectDays(sql, facts), facts, publicUrl);
  const [since = facts.today] = daysBefore(facts.today, JUDGED_DAYS, facts.timeZone);
  return { ...settled, resolved: await resolveCorrected(sql, since, facts, publicUrl) };
}
