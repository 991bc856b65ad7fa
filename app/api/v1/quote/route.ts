import { parameterError } from "#lib/parameters/parameter-error.ts";
import { loadPricing } from "#lib/price-book/load-pricing.ts";
import { quoteForTeam } from "#lib/price-book/team-quote.ts";
import { quote } from "#lib/pricing/quote.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { TeamQuoteInput } from "../_lib/quote.ts";
import { requestJson } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute(
  "/quote",
  {
    POST: async ({ request, url, viewer, sql }) => {
      parseQuery(NoParameters, url.searchParams);
      const input = TeamQuoteInput.safeParse(await requestJson(request));
      if (!input.success) throw parameterError(input.error, []);
      const { team, ...call } = input.data;
      if (team != null) return json(await quoteForTeam(sql, viewer, call, team));
      return json(quote((await loadPricing(sql)).book, call));
    },
  },
  { questions: ["POST"] },
);
