import { z } from "zod";
import { FOCUS_VERSIONS } from "#lib/focus/columns.ts";
import { exportFocus } from "#lib/focus/export-rows.ts";
import { focusColumns } from "#lib/focus/focus-columns.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { From, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

export const focus = exportKind({
  summary: "What a period cost, as a FOCUS Cost and Usage file",
  parameters: z.strictObject({
    from: From.optional(),
    to: To.optional(),
    version: z.enum(FOCUS_VERSIONS).default("1.4"),
  }),
  read: async ({ sql, viewer, now }, input, sink) => {
    const { version } = input;
    const period = periodOf(input, await organizationZone(sql), now.getTime());
    await exportFocus(sql, viewer, period, ({ rowCount, total, unpricedCalls, timeZone, asOf }) =>
      sink({
        name: `outlay-focus-${version}-${periodName(period, timeZone)}`,
        ...{ columns: focusColumns(version), metadata: { FocusVersion: version } },
        ...{ asOf, rowCount, unpricedCalls, currency: CURRENCY },
        ...{ total: toDecimal(total.effective), asked: askedPeriod(period) },
      }),
    );
  },
});
