import { z } from "zod";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { OfCostCenter } from "#lib/parameters/narrowed.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { type TeamCostReceipt, teamCostReceipt } from "#lib/reports/team-cost-receipt.ts";
import { type Column, text } from "#lib/tables/column.ts";
import { costColumns } from "#lib/tables/cost-columns.ts";
import { dayColumn } from "../believed-columns.ts";
import { exportKind } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

type Row = TeamCostReceipt["days"][number];

const columnsOf = ({ line, about }: TeamCostReceipt): readonly Column<Row>[] => [
  dayColumn("day", ({ day }) => day),
  text("team", () => line.team),
  text("line", () => line.kind),
  text("about", () => about),
  text("by", ({ how }) => how?.by),
  text("reason", ({ how }) => (how?.by === "adjustment" ? how.reason : null)),
  text("note", ({ how }) => (how?.by === "adjustment" ? how.note : null)),
  text("reference", ({ how }) => (how?.by === "adjustment" ? how.reference : null)),
  ...costColumns<Row>(({ costs }) => costs),
];

const Name = z.string().min(1).max(200);

export const teamCostReceipts = exportKind({
  summary: "One line of a team's cost, day by day",
  parameters: z.strictObject({
    from: From.optional(),
    to: To.optional(),
    tz: TimeZone.optional(),
    team: Name,
    line: z.enum(LINE_KINDS),
    charge: Name.optional().meta({ description: "Its id, as the lines of /team-costs give it" }),
    shared_cost: Name.optional(),
    cost_center: OfCostCenter,
  }),
  read: async ({ sql, viewer, now }, input, sink) => {
    const timeZone = input.tz ?? (await organizationZone(sql));
    const period = periodOf(input, timeZone, now.getTime());
    const { team, line: kind, charge = null, shared_cost: pool = null } = input;
    const line = { team, kind, charge, pool, costCenter: input.cost_center };
    const receipt = await teamCostReceipt(sql, viewer, line, period);
    const add = await sink({
      name: `outlay-team-cost-receipt-${periodName(period, timeZone)}`,
      ...{ columns: columnsOf(receipt), asOf: now, rowCount: receipt.days.length },
      ...{ total: toDecimal(receipt.total.effective), currency: CURRENCY },
      asked: { ...askedPeriod(period), tz: timeZone },
    });
    await add(receipt.days);
  },
});
