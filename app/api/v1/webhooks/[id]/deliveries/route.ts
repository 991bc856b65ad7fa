import { z } from "zod";
import { listDeliveries } from "#lib/notifications/delivery-log.ts";
import { findEndpoint } from "#lib/notifications/endpoint-rows.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../../../_lib/cursor.ts";
import { notFound } from "../../../_lib/problem.ts";
import { parseQuery } from "../../../_lib/query.ts";
import { DeliveriesParameters, deliveryBody } from "../../../_lib/webhooks.ts";

const Position = z.string().regex(/^\d{1,18}$/);

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/webhooks/{id}/deliveries", {
  GET: async ({ url, params, viewer, sql }) => {
    const { status = null, limit, cursor } = parseQuery(DeliveriesParameters, url.searchParams);
    const endpoint = await findEndpoint(sql, viewer, params.id ?? "");
    if (endpoint === null) throw notFound("webhook");
    const question = questionOf(url);
    const before = cursor === undefined ? null : BigInt(decodeCursor(cursor, question, Position));
    const query = { endpointId: endpoint.id, status, limit: limit + 1, before };
    const found = await listDeliveries(sql, viewer, query);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return json({
      deliveries: page.map(deliveryBody),
      next_cursor:
        last === undefined || found.length <= limit
          ? null
          : encodeCursor(question, last.seq.toString()),
    });
  },
});
