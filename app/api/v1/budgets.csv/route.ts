import { z } from "zod";
import { budgetsCsv } from "#lib/budget-control/budget-csv.ts";
import { importBudgets } from "#lib/budget-control/import-budgets.ts";
import { visibleBudgets } from "#lib/budget-control/read-budgets.ts";
import { CSV_FLAVORS } from "#lib/reports/csv.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";
import { requestText } from "../_lib/request-json.ts";

const MOST_BYTES = 4 * 1024 * 1024;
const Flavor = z.strictObject({ flavor: z.enum(CSV_FLAVORS).default("data") });
const Rehearsal = z.strictObject({
  dry_run: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
});

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/budgets.csv", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const { flavor } = parseQuery(Flavor, url.searchParams);
    const budgets = await visibleBudgets(sql, viewer, nowMs);
    const now = iso(new Date(nowMs));
    const suffix = flavor === "excel" ? "-excel" : "";
    return new Response(budgetsCsv(budgets, flavor), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="outlay-budgets-${now.slice(0, 10)}${suffix}.csv"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-outlay-as-of": now,
        "x-outlay-rows": String(budgets.length),
      },
    });
  },
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
