import { randomUUID } from "node:crypto";
import { after, beforeEach } from "node:test";
import type { Viewer } from "#lib/access/viewer.ts";
import type { Mailer } from "#lib/mail/mailer.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { startReceiver } from "#lib/testing/webhook-receiver.ts";
import { attemptDelivery, type Sender } from "../attempt-delivery.ts";
import { claimDeliveries } from "../claim-deliveries.ts";
import { createEndpoint } from "../create-endpoint.ts";
import { listDeliveries } from "../delivery-log.ts";
import { emitEvent } from "../emit-event.ts";
import { NewEndpoint } from "../endpoint-input.ts";
import { fanOut } from "../fan-out.ts";
import { settleAttempt } from "../settle-attempt.ts";

export const SECRET = "a secret of the installation";
export const INSTALLATION = { secret: SECRET, webhookAllow: ["127.0.0.0/8"] };
export const PUBLIC_URL = "http://outlay.example";
export const HOUR_MS = 3_600_000;
export const admin: Viewer = {
  ...{
    kind: "user",
    id: "u1",
    label: "Ana",
    role: "admin",
    teams: "all",
    persons: "all",
    isFresh: true,
  },
};
export const sender: Sender = {
  ...{ secret: SECRET, guard: { allow: ["127.0.0.0/8"] }, mailer: null },
};
const quiet = new AbortController().signal;

/** A database, a receiver on loopback and a clock that stands still, all empty before each test. */
export async function startDeliveryTest(mailer: Mailer | null = null) {
  const database = await createTestDatabase();
  const { sql } = database;
  const receiver = await startReceiver();
  after(receiver.close);
  const clock = { now: new Date() };

  beforeEach(async () => {
    await sql`truncate webhook_endpoint, notification_event cascade`;
    receiver.requests.length = 0;
    receiver.answer = () => ({ status: 200 });
    clock.now = new Date();
  });

  return {
    ...{ sql, url: database.url, receiver, clock },
    pass: (ms: number) => {
      clock.now = new Date(clock.now.getTime() + ms);
    },
    endpoint: (input: Record<string, unknown> = {}) => {
      const url = `${receiver.url}/hook`;
      return createEndpoint(sql, admin, NewEndpoint.parse({ url, ...input }), INSTALLATION);
    },
    unpriced: (model: string, more: { orderKey?: string; team?: string } = {}) =>
      sql.begin((tx) =>
        emitEvent(tx, {
          type: "model.unpriced",
          data: {
            ...{ provider: "acme", model, calls: 1, tokens: 2, as_of: "2026-11-22T16:00:00Z" },
            url: `${PUBLIC_URL}/unpriced`,
          },
          ...{ orderKey: more.orderKey ?? null, team: more.team ?? null, at: clock.now },
        }),
      ),
    /** What a worker does until nothing is due. */
    work: async (): Promise<void> => {
      const { now } = clock;
      await fanOut(sql, now);
      for (;;) {
        const claim = { most: 32, busy: [], lease: randomUUID(), now };
        const claimed = await claimDeliveries(sql, claim);
        if (claimed.length === 0) return;
        for (const delivery of claimed) {
          const result = await attemptDelivery(delivery, { ...sender, mailer }, quiet, () => now);
          await settleAttempt(sql, {
            ...{ delivery, result, startedAt: now, now, chance: 0, publicUrl: PUBLIC_URL },
          });
        }
      }
    },
    logOf: (endpointId: string) =>
      listDeliveries(sql, admin, { endpointId, limit: 50, before: null }),
    models: () => receiver.requests.map(({ body }) => JSON.parse(body).data.model as string),
    idsOf: () => receiver.requests.map(({ headers }) => headers["webhook-id"]),
    headersOf: (at: number) => receiver.requests[at]?.headers as Record<string, string>,
  };
}
