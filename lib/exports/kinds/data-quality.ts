import { z } from "zod";
import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { From, TimeZone, To } from "#lib/parameters/moments.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { type DataQuality, dataQuality } from "#lib/reports/data-quality.ts";
import { listProducers } from "#lib/reports/producers.ts";
import {
  DEFECT_COLUMNS,
  KEY_COLUMNS,
  marksOf,
  OVERLAP_COLUMNS,
  PRODUCER_COLUMNS,
  QUALITY_TABLES,
  type QualityTable,
  REJECTED_COLUMNS,
  UNALLOCATED_COLUMNS,
  UNPRICED_COLUMNS,
} from "#lib/reports/quality-tables.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { COST_BASES } from "#lib/reports/usage-query.ts";
import type { Column } from "#lib/tables/column.ts";
import { exportKind, type TableSink } from "../export-kind.ts";
import { askedPeriod, periodName } from "../period-name.ts";

export const quality = exportKind({
  summary: "One table of data quality, as its page shows it",
  parameters: z.strictObject({
    table: z.enum(QUALITY_TABLES),
    from: From.optional(),
    to: To.optional(),
    tz: TimeZone.optional(),
    cost: z.enum(COST_BASES).default("effective"),
  }),
  read: async ({ sql, viewer, now }, { table, cost, ...ends }, sink) => {
    const timeZone = ends.tz ?? (await organizationZone(sql));
    const period = periodOf(ends, timeZone, now.getTime());
    const head = {
      name: `outlay-data-quality-${table.replace("_", "-")}-${periodName(period, timeZone)}`,
      asked: { ...askedPeriod(period), tz: timeZone },
    };
    if (table === "producers") {
      const rows = await listProducers(sql, viewer, period);
      await write(sink, { ...head, asOf: now, total: null }, PRODUCER_COLUMNS, rows);
      return;
    }
    const found = await dataQuality(sql, viewer, { ...period, costBasis: cost });
    const total = table === "unallocated" ? toDecimal(found.unallocated.cost) : null;
    await WRITERS[table](sink, { ...head, asOf: found.asOf, total }, found);
  },
});

type Head = {
  readonly name: string;
  readonly asOf: Date;
  readonly total: string | null;
  readonly asked: Readonly<Record<string, string>>;
};
type Writer = (sink: TableSink, head: Head, found: DataQuality) => Promise<void>;

const WRITERS: Readonly<Record<Exclude<QualityTable, "producers">, Writer>> = {
  rejected: (sink, head, { rejected }) => write(sink, head, REJECTED_COLUMNS, rejected),
  unpriced: (sink, head, { unpriced }) => write(sink, head, UNPRICED_COLUMNS, unpriced),
  unallocated: (sink, head, { unallocated }) =>
    write(sink, head, UNALLOCATED_COLUMNS, unallocated.sources),
  overlaps: (sink, head, { overlaps }) => write(sink, head, OVERLAP_COLUMNS, overlaps),
  marks: (sink, head, found) => write(sink, head, DEFECT_COLUMNS, marksOf(found)),
  not_counted: (sink, head, { notCounted }) => write(sink, head, DEFECT_COLUMNS, notCounted),
  keys: (sink, head, { keys }) => write(sink, head, KEY_COLUMNS, keys),
};

async function write<Row>(
  sink: TableSink,
  head: Head,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): Promise<void> {
  const currency = columns.some(({ name }) => name === "currency") ? CURRENCY : null;
  const add = await sink({ ...head, columns, rowCount: rows.length, currency });
  await add(rows);
}
