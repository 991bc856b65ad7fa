import {
  type AnomalySettings,
  changeSettings,
  readSettings,
  SettingsInput,
} from "#lib/anomaly-control/settings.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { decimalOrNull } from "../../_lib/figures.ts";
import { NoParameters, parseQuery } from "../../_lib/query.ts";
import { requestInput } from "../../_lib/request-input.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/anomalies/limits", {
  GET: async ({ url, sql }) => {
    parseQuery(NoParameters, url.searchParams);
    return json(limitsBody(await readSettings(sql)));
  },
  PATCH: async ({ request, url, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const input = await requestInput(request, SettingsInput);
    return json(limitsBody(await changeSettings(sql, viewer, input, new Date(nowMs))));
  },
});

function limitsBody({ deviations, share, amount }: AnomalySettings) {
  return { deviations, share, amount: decimalOrNull(amount) };
}
