import { type ForecastScope, scopeText } from "./scope.ts";
import { daysBetween } from "./series-calendar.ts";

const WEEK = 7;
const SUNDAY = "2023-01-01";

/**
 * Whether past forecasts of a series are looked at on a day, to judge them and to
 * learn its bands: every day, but a model of a single team, of which there are
 * thousands, once a week on a weekday of its own.
 */
export function isJudgedOn(scope: ForecastScope, day: string): boolean {
  if (scope.kind !== "team_model") return true;
  let sum = daysBetween(SUNDAY, day);
  for (const letter of scopeText(scope)) sum += letter.codePointAt(0) ?? 0;
  return sum % WEEK === 0;
}
