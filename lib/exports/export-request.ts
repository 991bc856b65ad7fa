import { z } from "zod";
import { CSV_FLAVORS } from "#lib/tables/csv.ts";
import type { RawParameters } from "./export-kind.ts";
import { EXPORT_NAMES, EXPORTS } from "./export-list.ts";

export const FORMATS = ["csv", "xlsx", "jsonl", "parquet"] as const;
export type Format = (typeof FORMATS)[number];

const Value = z.string().max(2_000);

/** What file somebody wants: which table, as what, and the parameters that its address takes. */
export const ExportRequest = z.strictObject({
  export: z.enum(EXPORT_NAMES),
  format: z.enum(FORMATS).default("csv"),
  flavor: z.enum(CSV_FLAVORS).default("data").meta({ description: "Of CSV only" }),
  parameters: z
    .record(z.string().max(100), z.union([Value, z.array(Value).max(100)]))
    .default({})
    .meta({ description: "As the address of the table takes them; filters may be lists" }),
});
export type ExportRequest = z.output<typeof ExportRequest>;

/** @throws {ParameterError} naming every mistake of the parameters. */
export function checkParameters(request: ExportRequest): void {
  EXPORTS[request.export].check(rawParameters(request));
}

/** Filters are lists, also those of one value. */
export function rawParameters({ parameters }: Pick<ExportRequest, "parameters">): RawParameters {
  const entries = Object.entries(parameters).map(([name, value]) => [
    name,
    name.startsWith("filter.") ? [value].flat() : value,
  ]);
  return Object.fromEntries(entries);
}
