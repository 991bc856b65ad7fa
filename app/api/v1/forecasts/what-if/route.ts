import { answerWhatIf } from "#lib/forecasting/read-usage-rows.ts";
import { WhatIfInput } from "#lib/forecasting/what-if.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";
import { whatIfBody } from "../../_lib/what-if-body.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute(
  "/forecasts/what-if",
  {
    POST: async ({ request, url, viewer, sql, nowMs }) => {
      parseQuery(NoParameters, url.searchParams);
      const question = await requestInput(request, WhatIfInput);
      return json(whatIfBody(await answerWhatIf(sql, viewer, question, nowMs)));
    },
  },
  { questions: ["POST"] },
);
