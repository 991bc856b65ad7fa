import { z } from "zod";
import { ControlTotals } from "#lib/exports/control.ts";
import { EXPORTS, type ExportName } from "#lib/exports/export-list.ts";
import { ExportRequest } from "#lib/exports/export-request.ts";
import { CSV_FLAVORS } from "#lib/tables/csv.ts";
import { ExportJobBody, ExportJobsBody } from "./export-jobs.ts";

/** Tables with an address of their own beside `/export/{file}`. */
const OWN_ADDRESSES: readonly ExportName[] = [
  ...([
    "usage",
    "team-costs",
    "statements",
    "statement",
    "gl-journal",
    "adjustments",
    "kpis",
  ] as const),
  ...(["budgets", "anomalies", "forecasts", "people", "audit"] as const),
];

const json = (schema: z.ZodType) => ({ type: "application/json", schema });
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
    answer: json(ControlTotals),
  },
  {
    method: "get" as const,
    path: "/exports",
    summary: "The files that you asked the worker for, the latest first",
    answer: json(ExportJobsBody),
  },
  {
    method: "post" as const,
    path: "/exports",
    summary: "Ask the worker for a file of any length",
    body: ExportRequest,
    answer: json(ExportJobBody),
  },
  {
    method: "get" as const,
    path: "/exports/{id}",
    summary: "How far a file is",
    answer: json(ExportJobBody),
  },
  {
    method: "delete" as const,
    path: "/exports/{id}",
    summary: "Cancel it, or remove its file",
    answer: json(ExportJobBody),
  },
  {
    method: "get" as const,
    path: "/exports/{id}/file",
    summary: "The file; `Range: bytes=N-` goes on where a download broke off",
    answer: { type: "application/octet-stream", schema: null },
  },
  {
    method: "get" as const,
    path: "/exports/{id}/control",
    summary: "Its control totals",
    answer: json(ControlTotals),
  },
];
