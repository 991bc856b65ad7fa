import { z } from "zod";
import { CSV_FLAVORS } from "#lib/tables/csv.ts";
import { EXPORT_NAMES } from "./export-list.ts";
import { FORMATS } from "./export-request.ts";

const Amount = z.string().regex(/^-?\d+(\.\d+)?$/);

/** What proves a file: the sidecar beside it, and the second sheet of a workbook. */
export const ControlTotals = z.strictObject({
  file: z.string(),
  export: z.enum(EXPORT_NAMES),
  format: z.enum(FORMATS),
  flavor: z.enum(CSV_FLAVORS),
  parameters: z
    .record(z.string(), z.union([z.string(), z.array(z.string())]))
    .meta({ description: "What was asked, with the period and zone that held" }),
  as_of: z.iso.datetime().meta({ description: "The snapshot that all rows are of" }),
  price_book_version: z.string(),
  rule_version: z.string(),
  cost_model_version: z.string(),
  rows: z.int().min(0),
  currency: z.string().nullable(),
  total: Amount.nullable().meta({ description: "What the page says of the same question" }),
  sums: z.record(z.string(), Amount).meta({ description: "Of each column of money, exact" }),
  unpriced_calls: z.int().min(0).nullable().meta({
    description: "With any, sums are lower bounds; null where the table does not tell",
  }),
  bytes: z.int().min(0),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .meta({ description: "Of the file" }),
  link: z.string().meta({ description: "Opens the same figures again, and says what has moved" }),
});
export type ControlTotals = z.output<typeof ControlTotals>;

/** What is known before the first row: all but what only the last byte tells. */
export type EarlyTotals = Omit<ControlTotals, "rows" | "sums" | "bytes" | "sha256" | "link"> & {
  /** Null where only the last row tells. */
  readonly rows: number | null;
};
