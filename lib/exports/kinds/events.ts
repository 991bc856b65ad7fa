import { z } from "zod";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { FILTERS, filtersOf } from "#lib/parameters/dimensions.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { RateSetId } from "#lib/parameters/rate-set.ts";
import { EVENT_COLUMNS } from "#lib/reports/event-columns.ts";
import { streamEvents } from "#lib/reports/events.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

export const events = exportKind({
  summary: "Rows of the ledger, newest first; the total is of those that count",
  parameters: z.strictObject({
    from: From.optional(),
    to: To.optional(),
    tz: TimeZone.optional(),
    cost: z.enum(COST_BASES).default("effective"),
    counted: z
      .enum(["true", "false"])
      .optional()
      .meta({ description: "Only rows that count, or only rows that do not; default: both" }),
    rate_set: RateSetId.optional(),
    ...FILTERS,
  }),
  read: async ({ sql, viewer, now }, input, sink) => {
    const timeZone = input.tz ?? (await organizationZone(sql));
    const period = periodOf(input, timeZone, now.getTime());
    const query = {
      ...period,
      ...{ filters: filtersOf(input), costBasis: input.cost },
      ...(input.rate_set === undefined ? {} : { rateSetId: input.rate_set }),
      ...(input.counted === undefined ? {} : { counted: input.counted === "true" }),
    };
    await streamEvents(sql, viewer, query, ({ total, ...head }) =>
      sink({
        ...{ ...head, columns: EVENT_COLUMNS, total: toDecimal(total), currency: CURRENCY },
        name: `outlay-events-${periodName(period, timeZone)}`,
        asked: { ...askedPeriod(period), tz: timeZone },
      }),
    );
  },
});
