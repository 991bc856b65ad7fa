import { readPriceFile } from "#lib/price-book/read-price-file.ts";
import { importPrices } from "#lib/price-book/record-prices.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { ImportParameters, importBody } from "../../_lib/price-import.ts";
import { parseQuery } from "../../_lib/query.ts";
import { requestText } from "../../_lib/request-json.ts";
import { requireRole } from "../../_lib/require-role.ts";

/** LiteLLM's whole file has less than 2 MB. */
const MOST_BYTES = 8 * 1024 * 1024;

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/prices/import", {
  POST: async ({ request, url, viewer, sql, nowMs }) => {
    requireRole(viewer, "admin", "finance");
    const input = parseQuery(ImportParameters, url.searchParams);
    const now = new Date(nowMs);
    const read = readPriceFile(await requestText(request, MOST_BYTES), input.format ?? null, {
      effectiveFrom: input.effective_from ?? now,
      today: now.toISOString().slice(0, 10),
    });
    const choices = {
      mode: input.mode ?? (read.format === "outlay" ? "all" : "missing"),
      isRehearsal: input.dry_run,
      acceptChanges: input.accept_changes,
    } as const;
    const imported = await importPrices(sql, read, choices, viewer, now);
    return json(importBody(imported, read.format));
  },
});
