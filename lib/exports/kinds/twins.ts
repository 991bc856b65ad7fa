import { z } from "zod";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { EVENT_COLUMNS } from "#lib/reports/event-columns.ts";
import type { LedgerEvent } from "#lib/reports/ledger-event.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { listTwins, type TwinPair, type TwinPosition } from "#lib/reports/twins.ts";
import type { Column } from "#lib/tables/column.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

const AT_ONCE = 500;

/** The row that does not count, and beside it the one that does; the costs of neither are summed. */
const COLUMNS: readonly Column<TwinPair>[] = [
  ...EVENT_COLUMNS.map((column) => side(column, "", ({ uncounted }) => uncounted)),
  ...EVENT_COLUMNS.map((column) => side(column, "counted_", ({ counted }) => counted)),
];

function side(
  { name, kind, cell }: Column<LedgerEvent>,
  prefix: string,
  of: (pair: TwinPair) => LedgerEvent | null,
): Column<TwinPair> {
  return {
    ...{ name: `${prefix}${name}`, kind, isSummed: false },
    cell: (pair) => {
      const event = of(pair);
      return event === null ? null : cell(event);
    },
  };
}

export const twins = exportKind({
  summary: "Rows that do not count, newest first, each with the one that counts in its place",
  parameters: z.strictObject({
    from: From.optional(),
    to: To.optional(),
    tz: TimeZone.optional(),
    reason: z.string().max(100).optional().meta({ description: "Why they do not count" }),
  }),
  read: async ({ sql, viewer, now }, { reason, ...input }, sink) => {
    const timeZone = input.tz ?? (await organizationZone(sql));
    const period = periodOf(input, timeZone, now.getTime());
    const add = await sink({
      name: `outlay-twins-${periodName(period, timeZone)}`,
      ...{ columns: COLUMNS, asOf: now, rowCount: null, total: null, currency: null },
      asked: { ...askedPeriod(period), tz: timeZone },
    });
    let after: TwinPosition | null = null;
    do {
      const query = { ...period, limit: AT_ONCE, ...(reason === undefined ? {} : { reason }) };
      const page: Awaited<ReturnType<typeof listTwins>> = await listTwins(sql, viewer, {
        ...query,
        ...(after === null ? {} : { after }),
      });
      await add(page.pairs);
      after = page.next;
    } while (after !== null);
  },
});
