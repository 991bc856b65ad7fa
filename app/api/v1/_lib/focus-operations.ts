import { FocusCsvParameters, FocusParameters } from "./focus.ts";

/** What the API's description says of the FOCUS files. */
export const FOCUS_OPERATIONS = [
  {
    method: "get",
    path: "/export/focus.csv",
    summary: "What a period cost, as a FOCUS Cost and Usage file",
    query: FocusCsvParameters,
    answer: { type: "text/csv", schema: null },
  },
  {
    method: "get",
    path: "/export/focus.jsonl",
    summary: "The same rows as JSON Lines",
    query: FocusParameters,
    answer: { type: "application/x-ndjson", schema: null },
  },
  {
    method: "get",
    path: "/export/focus.parquet",
    summary: "The same rows as Parquet",
    query: FocusParameters,
    answer: { type: "application/vnd.apache.parquet", schema: null },
  },
] as const;
