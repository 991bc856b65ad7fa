import type { z } from "zod";
import {
  HistoryInput,
  HistoryPreviewBody,
  HistoryRunBody,
  HistoryRunChangesBody,
  HistoryRunsBody,
  HistoryRunsParameters,
} from "./history-runs.ts";
import type { Operation } from "./openapi.ts";

const json = (schema: z.ZodType) => ({ type: "application/json", schema });

/** The addresses of changes of history, for the OpenAPI description. */
export const HISTORY_OPERATIONS: readonly Operation[] = [
  {
    method: "post",
    path: "/repricing/preview",
    summary: "What today's prices, names and contracts would change in a past period",
    body: HistoryInput,
    answer: json(HistoryPreviewBody),
  },
  {
    method: "post",
    path: "/repricing",
    summary: "Re-price a past period in the background; 202 with the run",
    body: HistoryInput,
    answer: json(HistoryRunBody),
  },
  {
    method: "get",
    path: "/repricing",
    summary: "Pricing runs, the newest first",
    query: HistoryRunsParameters,
    answer: json(HistoryRunsBody),
  },
  {
    method: "get",
    path: "/repricing/{id}",
    summary: "One pricing run, and what it changed",
    answer: json(HistoryRunChangesBody),
  },
];
