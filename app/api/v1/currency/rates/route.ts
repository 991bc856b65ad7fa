import { readRateFile } from "#lib/currency/rate-file.ts";
import { importRates } from "#lib/currency/rate-store.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { RateImportParameters, rateImportBody } from "../../_lib/currency.ts";
import { parseQuery } from "../../_lib/query.ts";
import { requestText } from "../../_lib/request-json.ts";
import { requireRole } from "../../_lib/require-role.ts";

/** The ECB's whole history has less than 2 MB. */
const MOST_BYTES = 8 * 1024 * 1024;

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/currency/rates", {
  POST: async ({ request, url, viewer, sql }) => {
    requireRole(viewer, "admin", "finance");
    const { dry_run: isRehearsal } = parseQuery(RateImportParameters, url.searchParams);
    const file = readRateFile(await requestText(request, MOST_BYTES));
    return json(rateImportBody(await importRates(sql, file, { by: viewer, isRehearsal })));
  },
});
