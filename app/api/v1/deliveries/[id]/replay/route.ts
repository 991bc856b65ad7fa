import { findDelivery } from "#lib/notifications/delivery-log.ts";
import { replayDelivery } from "#lib/notifications/replay-delivery.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { notFound } from "../../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { deliveryBody } from "../../../_lib/webhooks.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/deliveries/{id}/replay", {
  POST: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const replay = { id: params.id ?? "", now: new Date(nowMs) };
    const delivery = await findDelivery(sql, viewer, await replayDelivery(sql, viewer, replay));
    if (delivery === null) throw notFound("delivery any more");
    return json(deliveryBody(delivery));
  },
});
