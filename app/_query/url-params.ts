import { parseAsString, parseAsStringLiteral } from "nuqs";
import { PERIODS } from "#app/_period/period.ts";

/** How the period stands in the URL. The month to date, the default, needs no words. */
export const PERIOD_PARAMS = {
  period: parseAsStringLiteral(PERIODS).withDefault("mtd"),
  from: parseAsString,
  to: parseAsString,
};
