import { z } from "zod";
import { ControlTotals } from "#lib/exports/control.ts";
import { EXPORTS, type ExportName } from "#lib/exports/export-list.ts";
import { CSV_FLAVORS } from "#lib/tables/csv.ts";

/** Tables with an address of their own beside `/export/{file}`. */
const OWN_ADDRESSES: readonly ExportName[] = [
  ...(["usage", "team-costs", "statements", "statement", "gl-journal", "adjustments"] as const),
  ...(["budgets", "anomalies", "forecasts", "people", "audit"] as const),
];

const CSV = { type: "text/csv", schema: null } as const;
const Flavor = z.enum(CSV_FLAVORS).default("data");

/** What the API's description says of files. */
export const EXPORT_OPERATIONS = [
  ...OWN_ADDRESSES.map((name) => ({
    method: "get" as const,
    path: `/${name}.csv`,
    summary: EXPORTS[name].summary,
    query: z.strictObject({ ...EXPORTS[name].parameters.shape, flavor: Flavor }),
    answer: CSV,
  })),
  ...Object.entries(EXPORTS).map(([name, { summary, parameters }]) => ({
    method: "get" as const,
    path: `/export/${name}.csv`,
    summary: `${summary}; also as .xlsx, .jsonl and .parquet`,
    query: z.strictObject({ ...parameters.shape, flavor: Flavor }),
    answer: CSV,
  })),
  {
    method: "get" as const,
    path: "/export/{file}.control.json",
    summary: "The control totals of any of these files, asked with its parameters",
    answer: { type: "application/json", schema: ControlTotals },
  },
];
