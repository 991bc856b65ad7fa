import { knownCurrencies } from "#lib/currency/rate-store.ts";
import {
  chooseReportingCurrency,
  readReportingCurrency,
} from "#lib/currency/reporting-currency.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { type ApiCall, apiRoute, json } from "../_lib/api-route.ts";
import { CurrencyInput, currencyBody } from "../_lib/currency.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";
import { requireRole } from "../_lib/require-role.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/currency", {
  GET: async ({ url, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return answer(sql);
  },
  PUT: async ({ request, url, viewer, sql }) => {
    requireRole(viewer, "admin");
    parseQuery(NoParameters, url.searchParams);
    const input = CurrencyInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    await chooseReportingCurrency(sql, input.data.reporting_currency, viewer);
    return answer(sql);
  },
});

async function answer(sql: ApiCall["sql"]): Promise<Response> {
  const [reporting, known] = await Promise.all([readReportingCurrency(sql), knownCurrencies(sql)]);
  return json(currencyBody(reporting, known));
}
