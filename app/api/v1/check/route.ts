import { apiRoute, json } from "../_lib/api-route.ts";
import { answerCheck } from "../_lib/check.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

// With a key the server answers before it comes to this; see app/_server/checks.ts.
export const { GET, POST, PUT, PATCH, DELETE } = apiRoute(
  "/check",
  {
    POST: async ({ request, url, viewer }) => {
      parseQuery(NoParameters, url.searchParams);
      return json(answerCheck(viewer, await requestJson(request)));
    },
  },
  // It changes something only when it holds money, and then asks for the right to.
  { questions: ["POST"] },
);
