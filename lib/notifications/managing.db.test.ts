import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { deleteEndpoint, rotateSecret } from "./change-endpoint.ts";
import { findDelivery, listDeliveries } from "./delivery-log.ts";
import { NewEndpoint } from "./endpoint-input.ts";
import { replayDelivery } from "./replay-delivery.ts";
import { sendTest } from "./send-test.ts";
import { admin, HOUR_MS, PUBLIC_URL, SECRET, startDeliveryTest } from "./testing/delivery-test.ts";

const { sql, receiver, clock, pass, endpoint, unpriced, work, logOf, models, idsOf, headersOf } =
  await startDeliveryTest();

describe("managing", () => {
  test("during a rotation both secrets verify, a day later only the new one", async () => {
    const { endpoint: made, signingSecret: old } = await endpoint();
    const rotated = await rotateSecret(sql, admin, {
      id: made.id,
      secret: SECRET,
      now: new Date(),
    });
    await unpriced("giant");
    await work();
    const body = receiver.requests[0]?.body ?? "";
    for (const secret of [old ?? "", rotated.signingSecret]) {
      new Webhook(secret).verify(body, headersOf(0));
    }
    assert.equal(headersOf(0)["webhook-signature"]?.split(" ").length, 2);
    pass(24 * HOUR_MS + 1_000);
    await unpriced("later");
    await work();
    assert.equal(headersOf(1)["webhook-signature"]?.split(" ").length, 1);
  });

  test("PagerDuty is not asked without its key, and the log names what an event is about", async () => {
    assert.throws(() => NewEndpoint.parse({ format: "pagerduty" }), /routing_key/);
    const { endpoint: made } = await endpoint();
    await unpriced("giant");
    await work();
    assert.deepEqual(
      (await logOf(made.id)).map(({ about }) => about),
      ["giant"],
    );
  });

  test("an endpoint hears of the types, teams and budgets that it asks for", async () => {
    await sql`
      insert into team (slug, name, parent_slug)
      values ('eng', 'Engineering', null), ('payments', 'Payments', 'eng'), ('law', 'Law', null)
      on conflict do nothing`;
    const { endpoint: all } = await endpoint();
    const { endpoint: eng } = await endpoint({ teams: ["eng"] });
    const { endpoint: exceeded } = await endpoint({ types: ["budget.exceeded"] });
    const { endpoint: one } = await endpoint({ budgets: [randomUUID()] });
    await unpriced("org");
    await unpriced("payments", { team: "payments" });
    await unpriced("law", { team: "law" });
    await work();
    const counts = await Promise.all(
      [all, eng, exceeded, one].map(async ({ id }) => (await logOf(id)).length),
    );
    assert.deepEqual(counts, [3, 1, 0, 0]);
  });

  test("a replay goes at once under the same id, also past those that wait", async () => {
    const { endpoint: made } = await endpoint();
    const first = await unpriced("a1", { orderKey: "a" });
    await work();
    receiver.answer = () => ({ status: 500 });
    await unpriced("a2", { orderKey: "a" });
    await work();
    for (const ms of [5_000, 5 * 60_000]) {
      pass(ms);
      await work();
    }
    receiver.answer = () => ({ status: 200 });
    const delivered = (await logOf(made.id)).find(({ eventId }) => eventId === first);
    const id = await replayDelivery(sql, admin, { id: delivered?.id ?? "", now: clock.now });
    await work();
    assert.equal(idsOf().at(-2), first);
    const replay = (await logOf(made.id)).find((delivery) => delivery.id === id);
    assert.deepEqual([replay?.replayOf, replay?.status], [delivered?.id, "delivered"]);
    // The receiver is back: what waited did not wait out its turn.
    assert.equal(models().at(-1), "a2");
  });

  test("a test arrives as webhook.test at that endpoint alone", async () => {
    const { endpoint: made } = await endpoint({ types: ["budget.exceeded"], name: "mine" });
    await endpoint({ url: `${receiver.url}/other` });
    const { eventId } = await sendTest(sql, admin, {
      id: made.id,
      publicUrl: PUBLIC_URL,
      now: clock.now,
    });
    await work();
    assert.deepEqual(idsOf(), [eventId]);
    assert.equal(JSON.parse(receiver.requests[0]?.body ?? "").data.endpoint.name, "mine");
  });

  test("a delivery is read as of one moment, also while its attempt is noted", async () => {
    const { endpoint: made } = await endpoint();
    const { deliveryId } = await sendTest(sql, admin, {
      ...{ id: made.id, publicUrl: PUBLIC_URL, now: clock.now },
    });
    const reading = await sql.begin(async (tx) => {
      await tx`lock table webhook_attempt in access exclusive mode`;
      const found = findDelivery(sql, admin, deliveryId);
      while ((await tx`select from pg_locks where not granted`).length === 0);
      await tx`update webhook_delivery set status = 'delivered', attempts = 1 where id = ${deliveryId}`;
      await tx`
        insert into webhook_attempt (delivery_id, number, started_at, latency_ms, http_status)
        values (${deliveryId}, 1, ${clock.now}, 5, 200)`;
      return { found };
    });
    const delivery = await reading.found;
    assert.deepEqual([delivery?.status, delivery?.attempts.length], ["pending", 0]);
  });

  test("neither the database nor the audit log holds a secret or a chat URL in clear", async () => {
    const { signingSecret } = await endpoint();
    await endpoint({ format: "slack", url: `${receiver.url}/services/T0/B0/verysecret` });
    const rows = await sql`
      select to_jsonb(e)::text as text from webhook_endpoint as e
      union all select to_jsonb(a)::text from audit_entry as a`;
    const stored = rows.map(({ text }) => text).join("\n");
    assert.ok(stored.includes("webhook.created"));
    assert.ok(!stored.includes(signingSecret ?? "?"));
    assert.ok(!stored.includes("verysecret"));
    assert.ok(!stored.includes(Buffer.from("verysecret").toString("hex")));
  });

  test("an address that can never be reached is refused at once", async () => {
    for (const url of ["http://169.254.169.254/latest", "https://[::1]/", "https://10.0.0.1/"]) {
      await assert.rejects(endpoint({ url }), { code: "invalid" });
    }
    // A name may lead elsewhere by the time that something is sent to it.
    await endpoint({ url: "https://hooks.example.com/x" });
  });

  test("all but admins of all teams are refused", async () => {
    const { endpoint: made } = await endpoint();
    for (const viewer of [
      { ...admin, role: "finance" },
      { ...admin, role: "manager" },
      { ...admin, teams: ["payments"] },
    ] as const) {
      const refused = { code: "forbidden" };
      await assert.rejects(deleteEndpoint(sql, viewer, made.id), refused);
      await assert.rejects(replayDelivery(sql, viewer, { id: made.id, now: clock.now }), refused);
      await assert.rejects(
        listDeliveries(sql, viewer, { endpointId: made.id, limit: 1, before: null }),
        refused,
      );
    }
    await deleteEndpoint(sql, admin, made.id);
    await assert.rejects(deleteEndpoint(sql, admin, made.id), { code: "not_found" });
  });
});
