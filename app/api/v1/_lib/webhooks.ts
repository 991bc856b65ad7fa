import { z } from "zod";
import type { Attempt, Delivery } from "#lib/notifications/delivery-log.ts";
import type { Endpoint } from "#lib/notifications/endpoint.ts";
import { FORMATS } from "#lib/notifications/formats/format.ts";
import { LANGUAGES } from "#lib/notifications/phrases/language.ts";
import { limit } from "#lib/parameters/limit.ts";
import { Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

const Names = z.array(z.string()).nullable();

const WebhookShape = {
  id: z.string(),
  name: z.string(),
  format: z.enum(FORMATS),
  language: z.enum(LANGUAGES).meta({ description: "Of chat messages, pages and mail" }),
  url: z.string().meta({ description: "Shortened where the URL is a secret; or mail addresses" }),
  types: Names.meta({ description: "Types of events; null for all" }),
  teams: Names.meta({ description: "With the teams below; null for all" }),
  budgets: Names.meta({ description: "Ids; null for all" }),
  enabled: z.boolean(),
  disabled_because: z.enum(["by_hand", "gone", "failing"]).nullable(),
  failing_since: Instant.nullable(),
  old_secret_until: Instant.nullable().meta({ description: "Until then both secrets sign" }),
  created_at: Instant,
  created_by: z.string(),
};

export const WebhookBody = z.strictObject(WebhookShape);
export const WebhooksBody = z.strictObject({ webhooks: z.array(WebhookBody) });
export const WebhookMadeBody = z.strictObject({
  ...WebhookShape,
  secret: z.string().nullable().meta({ description: "`whsec_…`, shown this once; null: unsigned" }),
});
export const WebhookDeletedBody = z.strictObject({ id: z.string(), deleted: z.literal(true) });
export const SecretRotatedBody = z.strictObject({
  secret: z.string().meta({ description: "`whsec_…`, shown this once" }),
  old_secret_until: Instant.meta({ description: "Until then both secrets sign" }),
});

const AttemptBody = z.strictObject({
  number: z.int(),
  started_at: Instant,
  latency_ms: z.int(),
  status: z.int().nullable().meta({ description: "HTTP status; null: no answer came" }),
  failure: z.string().nullable(),
  answer: z.string().nullable().meta({ description: "Its first kilobyte" }),
  next_attempt_at: Instant.nullable(),
});

export const DeliveryBody = z.strictObject({
  id: z.string(),
  webhook_id: z.string().meta({ description: "What the receiver sees as webhook-id" }),
  endpoint_id: z.string(),
  type: z.string(),
  about: z
    .string()
    .nullable()
    .meta({ description: "Name of the budget, anomaly, model or webhook" }),
  event_at: Instant,
  status: z.enum(["pending", "delivered", "failed"]),
  replay_of: z.string().nullable(),
  created_at: Instant,
  finished_at: Instant.nullable(),
  next_attempt_at: Instant.nullable(),
  attempts: z.array(AttemptBody),
});

export const DeliveriesParameters = z.strictObject({
  status: z.enum(["pending", "delivered", "failed"]).optional(),
  limit: limit(50, 200),
  cursor: Cursor.optional(),
});
export const DeliveriesBody = z.strictObject({
  deliveries: z.array(DeliveryBody),
  next_cursor: z.string().nullable(),
});

export function webhookBody(endpoint: Endpoint): z.input<typeof WebhookBody> {
  return {
    id: endpoint.id,
    name: endpoint.name,
    format: endpoint.format,
    language: endpoint.language,
    url: endpoint.shownTarget,
    types: listOf(endpoint.types),
    teams: listOf(endpoint.teams),
    budgets: listOf(endpoint.budgets),
    enabled: endpoint.disabledAt === null,
    disabled_because: endpoint.disabledBecause,
    failing_since: isoOrNull(endpoint.failingSince),
    old_secret_until: isoOrNull(endpoint.oldSecretUntil),
    created_at: iso(endpoint.createdAt),
    created_by: endpoint.createdBy,
  };
}

export function deliveryBody(delivery: Delivery): z.input<typeof DeliveryBody> {
  return {
    id: delivery.id,
    webhook_id: delivery.eventId,
    endpoint_id: delivery.endpointId,
    type: delivery.eventType,
    about: delivery.about,
    event_at: iso(delivery.eventAt),
    status: delivery.status,
    replay_of: delivery.replayOf,
    created_at: iso(delivery.createdAt),
    finished_at: isoOrNull(delivery.finishedAt),
    next_attempt_at: isoOrNull(delivery.nextAttemptAt),
    attempts: delivery.attempts.map(attemptBody),
  };
}

/** Other systems call the types of an event its events: both names are taken. */
export function withTypes(body: unknown): unknown {
  if (typeof body !== "object" || body === null || "types" in body) return body;
  const { events, event_types: eventTypes, ...rest } = body as Record<string, unknown>;
  const types = events ?? eventTypes;
  return types === undefined ? rest : { ...rest, types };
}

function attemptBody(attempt: Attempt): z.input<typeof AttemptBody> {
  return {
    number: attempt.number,
    started_at: iso(attempt.startedAt),
    latency_ms: attempt.latencyMs,
    status: attempt.httpStatus,
    failure: attempt.failure,
    answer: attempt.answer,
    next_attempt_at: isoOrNull(attempt.nextAttemptAt),
  };
}

function isoOrNull(at: Date | null): string | null {
  return at === null ? null : iso(at);
}

function listOf(names: readonly string[] | null): string[] | null {
  return names === null ? null : [...names];
}
