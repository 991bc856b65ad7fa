import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { Webhook } from "standardwebhooks";
import { attemptDelivery } from "./attempt-delivery.ts";
import { changeEndpoint } from "./change-endpoint.ts";
import { claimDeliveries } from "./claim-deliveries.ts";
import { findEndpoint } from "./endpoint-rows.ts";
import { fanOut } from "./fan-out.ts";
import { sendTest } from "./send-test.ts";
import {
  admin,
  HOUR_MS,
  INSTALLATION,
  PUBLIC_URL,
  sender,
  startDeliveryTest,
} from "./testing/delivery-test.ts";

const { sql, receiver, clock, pass, endpoint, unpriced, work, logOf, models, idsOf, headersOf } =
  await startDeliveryTest();
const quiet = new AbortController().signal;

describe("a delivery", () => {
  test("is signed so that the public library verifies it, and says what the event says", async () => {
    const { signingSecret, endpoint: made } = await endpoint();
    const id = await unpriced("giant");
    await work();
    const [request] = receiver.requests;
    const verified = new Webhook(signingSecret ?? "").verify(request?.body ?? "", headersOf(0));
    assert.deepEqual(verified, {
      type: "model.unpriced",
      timestamp: clock.now.toISOString().replace(".000Z", "Z"),
      data: {
        ...{ provider: "acme", model: "giant", calls: 1, tokens: 2, as_of: "2026-11-22T16:00:00Z" },
        url: `${PUBLIC_URL}/unpriced`,
      },
    });
    assert.equal(request?.headers["webhook-id"], id);
    const [delivery] = await logOf(made.id);
    assert.deepEqual([delivery?.status, delivery?.attempts.length], ["delivered", 1]);
    await work();
    assert.equal(receiver.requests.length, 1);
  });

  test("is tried again with the same id and body and a new signature, until it arrives", async () => {
    const { signingSecret, endpoint: made } = await endpoint();
    receiver.answer = () => ({ status: 500, body: "no disk\0 left" });
    await unpriced("giant");
    await work();
    assert.ok((await findEndpoint(sql, admin, made.id))?.failingSince);
    pass(4_900);
    await work();
    assert.equal(receiver.requests.length, 1);
    pass(100);
    receiver.answer = () => ({ status: 204 });
    await work();
    assert.equal(receiver.requests.length, 2);
    const [first, second] = receiver.requests;
    assert.equal(first?.body, second?.body);
    assert.equal(idsOf()[0], idsOf()[1]);
    assert.notEqual(first?.headers["webhook-signature"], second?.headers["webhook-signature"]);
    new Webhook(signingSecret ?? "").verify(second?.body ?? "", headersOf(1));
    const [delivery] = await logOf(made.id);
    assert.deepEqual(
      delivery?.attempts.map(({ number, httpStatus, answer }) => [number, httpStatus, answer]),
      [
        [1, 500, "no disk left"],
        [2, 204, ""],
      ],
    );
    assert.equal((await findEndpoint(sql, admin, made.id))?.failingSince, null);
  });

  test("does not follow a redirect, and leaves a receiver alone as long as it asks", async () => {
    await endpoint();
    receiver.answer = ({ path }) =>
      path === "/hook" ? { status: 302, headers: { location: "/inside" } } : { status: 200 };
    await unpriced("giant");
    await work();
    receiver.answer = () => ({ status: 429, headers: { "retry-after": "3600" } });
    pass(5_000);
    await work();
    receiver.answer = () => ({ status: 200 });
    pass(HOUR_MS - 1);
    await work();
    assert.deepEqual(
      receiver.requests.map(({ path }) => path),
      ["/hook", "/hook"],
    );
    pass(1);
    await work();
    assert.equal(receiver.requests.length, 3);
  });

  test("goes to no private address that the operator did not allow, checked at each attempt", async () => {
    const { endpoint: made } = await endpoint();
    await unpriced("giant");
    await fanOut(sql, clock.now);
    const [delivery] = await claimDeliveries(sql, {
      most: 1,
      busy: [],
      lease: randomUUID(),
      now: clock.now,
    });
    const closed = { ...sender, guard: { allow: [] } };
    const result = await attemptDelivery(delivery ?? assert.fail(), closed, quiet, () => clock.now);
    assert.deepEqual([result.httpStatus, result.failure], [null, "address_refused"]);
    assert.equal(receiver.requests.length, 0);
    assert.ok(made.id);
  });
});

describe("order", () => {
  test("events of one key wait for each other at an endpoint, others do not wait", async () => {
    await endpoint();
    receiver.answer = ({ body }) => ({ status: body.includes('"a1"') ? 500 : 200 });
    for (const [model, orderKey] of [
      ["a1", "a"],
      ["a2", "a"],
      ["b1", "b"],
      ["a3", "a"],
    ] as const) {
      await unpriced(model, { orderKey });
    }
    await work();
    assert.deepEqual(models(), ["a1", "b1"]);
    receiver.answer = () => ({ status: 200 });
    pass(5_000);
    await work();
    assert.deepEqual(models().slice(2), ["a1", "a2", "a3"]);
  });

  test("one that fails for good lets the next go", async () => {
    await endpoint({ format: "pagerduty", url: `${receiver.url}/pd`, routing_key: "a".repeat(32) });
    receiver.answer = () => ({ status: receiver.requests.length === 1 ? 400 : 202 });
    await unpriced("a1", { orderKey: "a" });
    await unpriced("a2", { orderKey: "a" });
    await work();
    assert.equal(receiver.requests.length, 2);
  });
});

describe("an endpoint that stays away", () => {
  test("is turned off after ten attempts in three days, others are told, and the rest waits for it", async () => {
    const { endpoint: away } = await endpoint({ name: "away" });
    const { endpoint: other } = await endpoint({
      ...{ url: `${receiver.url}/other`, types: ["webhook.disabled"] },
    });
    receiver.answer = ({ path }) => ({ status: path === "/hook" ? 503 : 200 });
    const startedAt = clock.now;
    await unpriced("first");
    await work();
    pass(HOUR_MS);
    await unpriced("second");
    while ((await findEndpoint(sql, admin, away.id))?.disabledAt === null) {
      pass(HOUR_MS);
      await work();
    }
    await work();
    const days = (clock.now.getTime() - startedAt.getTime()) / 24 / HOUR_MS;
    assert.ok(days > 3 && days < 4, String(days));
    const [second, first] = await logOf(away.id);
    assert.deepEqual([first?.status, first?.attempts.length], ["failed", 10]);
    assert.equal(second?.status, "pending");
    const [told] = await logOf(other.id);
    assert.deepEqual([told?.eventType, told?.status], ["webhook.disabled", "delivered"]);
    assert.equal((await findEndpoint(sql, admin, away.id))?.disabledBecause, "failing");

    receiver.answer = () => ({ status: 200 });
    receiver.requests.length = 0;
    await work();
    assert.deepEqual(models(), []);
    await changeEndpoint(sql, admin, {
      id: away.id,
      change: { enabled: true },
      installation: INSTALLATION,
    });
    clock.now = new Date(Math.max(clock.now.getTime(), Date.now()));
    await work();
    assert.deepEqual(models(), ["second"]);
  });

  test("is not turned off when other messages have arrived meanwhile", async () => {
    const { endpoint: made } = await endpoint();
    receiver.answer = ({ body }) => ({ status: body.includes("poison") ? 500 : 200 });
    await unpriced("poison");
    for (let hours = 0; hours < 100; hours += 1) {
      await work();
      pass(HOUR_MS);
      if (hours % 10 === 0) await unpriced("sound");
    }
    const log = await logOf(made.id);
    assert.equal(log.filter(({ status }) => status === "failed").length, 1);
    assert.equal((await findEndpoint(sql, admin, made.id))?.disabledAt, null);
  });

  test("is turned off at once by 410", async () => {
    const { endpoint: made } = await endpoint();
    receiver.answer = () => ({ status: 410 });
    await unpriced("giant");
    await work();
    assert.equal((await findEndpoint(sql, admin, made.id))?.disabledBecause, "gone");
    await assert.rejects(
      sendTest(sql, admin, { id: made.id, publicUrl: PUBLIC_URL, now: clock.now }),
      {
        code: "conflict",
      },
    );
  });
});
