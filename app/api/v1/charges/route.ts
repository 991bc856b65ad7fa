import { recordCharge } from "#lib/cost-book/change-cost-book.ts";
import { readCharges } from "#lib/cost-book/charge-store.ts";
import { ChargeInput } from "#lib/cost-book/cost-input.ts";
import { newCharge } from "#lib/cost-book/from-input.ts";
import { seesCharge } from "#lib/cost-book/seen-by.ts";
import { parameterError } from "#lib/parameters/parameter-error.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { CostBookParameters, chargeBody } from "../_lib/cost-book.ts";
import { NoParameters, parseQuery } from "../_lib/query.ts";
import { requestJson } from "../_lib/request-json.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/charges", {
  GET: async ({ url, viewer, sql }) => {
    const { team, history } = parseQuery(CostBookParameters, url.searchParams);
    const charges = await readCharges(sql, history === "true" ? "all" : "believed");
    const seen = charges.filter(
      (charge) => seesCharge(viewer, charge) && (team === undefined || charge.team === team),
    );
    return json({ charges: seen.map((charge) => chargeBody(charge, viewer)) });
  },
  POST: async ({ request, url, viewer, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = ChargeInput.safeParse(await requestJson(request));
    if (!input.success) throw parameterError(input.error, []);
    return json({ id: await recordCharge(sql, viewer, newCharge(input.data)) });
  },
});
