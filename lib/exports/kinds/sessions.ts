import { z } from "zod";
import { CURRENCY } from "#lib/money/money.ts";
import { FILTERS } from "#lib/parameters/dimensions.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { SESSION_COLUMNS } from "#lib/reports/session-columns.ts";
import { streamSessions } from "#lib/reports/sessions.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

export const sessions = exportKind({
  summary: "Sessions whose last sign of life lies in the period, whole, the latest first",
  parameters: z.strictObject({
    from: From.optional(),
    to: To.optional(),
    tz: TimeZone.optional(),
    cost: z.enum(COST_BASES).default("effective"),
    "filter.team": FILTERS["filter.team"],
    "filter.user": FILTERS["filter.user"],
    "filter.session": FILTERS["filter.session"],
  }),
  read: async ({ sql, viewer, now }, input, sink) => {
    const timeZone = input.tz ?? (await organizationZone(sql));
    const period = periodOf(input, timeZone, now.getTime());
    const { "filter.team": team, "filter.user": user, "filter.session": session } = input;
    const query = {
      ...{ ...period, costBasis: input.cost },
      ...(team === undefined ? {} : { team }),
      ...(user === undefined ? {} : { user: user.map((name) => (name === "" ? null : name)) }),
      ...(session === undefined ? {} : { session }),
    };
    await streamSessions(sql, viewer, query, ({ asOf }) =>
      sink({
        ...{ columns: SESSION_COLUMNS, asOf, rowCount: null, total: null, currency: CURRENCY },
        name: `outlay-sessions-${periodName(period, timeZone)}`,
        asked: { ...askedPeriod(period), tz: timeZone },
      }),
    );
  },
});
