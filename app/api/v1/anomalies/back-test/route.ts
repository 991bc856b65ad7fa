import { backTest } from "#lib/anomaly-control/back-test.ts";
import { BackTestParameters } from "../../_lib/anomalies.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { iso } from "../../_lib/iso.ts";
import { parseQuery } from "../../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/anomalies/back-test", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(BackTestParameters, url.searchParams);
    const { team, model, agent, deviations = null, share = null, amount = null } = input;
    const scope = {
      ...(team === undefined ? {} : { team }),
      ...(model === undefined ? {} : { model }),
      ...(agent === undefined ? {} : { agent }),
    };
    const result = await backTest(sql, viewer, { scope, deviations, share, amount }, nowMs);
    const { limits, incidents, labelled } = result;
    return json({
      limits,
      fired: incidents.length,
      notified: incidents.filter(({ isNotable }) => isNotable).length,
      precision: labelled.precision,
      recall: labelled.recall,
      labelled: labelled.real + labelled.false,
      incidents: incidents.map(({ from, to, kind, excess, isNotable }) => ({
        ...{ from: iso(from), to: iso(to), kind, excess, notable: isNotable },
      })),
    });
  },
});
