import { context } from "#app/_server/context.ts";
import { afterFirstAttempt } from "#lib/notifications/first-attempt.ts";
import { sendTest } from "#lib/notifications/send-test.ts";
import { apiRoute, json } from "../../../_lib/api-route.ts";
import { notFound } from "../../../_lib/problem.ts";
import { NoParameters, parseQuery } from "../../../_lib/query.ts";
import { deliveryBody } from "../../../_lib/webhooks.ts";

const PATIENCE_MS = 5_000;

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/webhooks/{id}/test", {
  POST: async ({ url, params, viewer, sql, nowMs }) => {
    parseQuery(NoParameters, url.searchParams);
    const { publicUrl } = context().config;
    const test = { id: params.id ?? "", publicUrl, now: new Date(nowMs) };
    const { deliveryId } = await sendTest(sql, viewer, test);
    const delivery = await afterFirstAttempt(sql, viewer, deliveryId, PATIENCE_MS);
    if (delivery === null) throw notFound("webhook any more");
    return json(deliveryBody(delivery));
  },
});
