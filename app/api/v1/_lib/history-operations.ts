import type { z } from "zod";
import {
  HistoryInput,
  HistoryPreviewBody,
  HistoryRunBody,
  HistoryRunChangesBody,
  HistoryRunsBody,
  HistoryRunsParameters,
  ReallocationInput,
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
  {
    method: "post",
    path: "/repricing/{id}/cancel",
    summary: "End a pricing run; what it has changed so far stays changed",
    answer: json(HistoryRunBody),
  },
  {
    method: "post",
    path: "/reallocation",
    summary: "Apply today's rules to a past period, or only note what would move; 202 with the run",
    body: ReallocationInput,
    answer: json(HistoryRunBody),
  },
  {
    method: "get",
    path: "/reallocation",
    summary: "Runs of rules through history, the newest first",
    query: HistoryRunsParameters,
    answer: json(HistoryRunsBody),
  },
  {
    method: "get",
    path: "/reallocation/{id}",
    summary: "One run of rules through history, and what it moved",
    answer: json(HistoryRunChangesBody),
  },
  {
    method: "post",
    path: "/reallocation/{id}/cancel",
    summary: "End a run of rules through history; what it has moved so far stays moved",
    answer: json(HistoryRunBody),
  },
];
