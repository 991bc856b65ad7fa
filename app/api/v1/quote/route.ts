import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { QuoteInput, quote } from "#lib/pricing/quote.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { parameterError } from "../_lib/parameter-error.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute(
  "/quote",
  {
    POST: async ({ request, url, sql }) => {
      parseQuery(NoParameters, url.searchParams);
      const input = QuoteInput.safeParse(await requestJson(request));
      if (!input.success) throw parameterError(input.error, []);
      return json(quote((await loadPricing(sql)).book, input.data));
    },
  },
  { questions: ["POST"] },
);
