import { z } from "zod";
import { importBudgets } from "#lib/budget-control/import-budgets.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { fileAnswer } from "../_lib/file-answer.ts";
import { parseQuery } from "../_lib/query.ts";
import { requestText } from "../_lib/request-json.ts";

const MOST_BYTES = 4 * 1024 * 1024;
const Rehearsal = z.strictObject({
  dry_run: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
});

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets.csv", {
  GET: (call) => fileAnswer(call, "budgets", "csv"),
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    const { dry_run } = parseQuery(Rehearsal, url.searchParams);
    const text = await requestText(request, MOST_BYTES);
    const done = await importBudgets(sql, viewer, text, { isRehearsal: dry_run }, new Date(nowMs));
    return json({
      ...done,
      dry_run,
      stored: !dry_run && done.mistakes.length === 0,
    });
  },
});
