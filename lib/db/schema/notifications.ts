import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns.ts";

const sequence = () =>
  bigint("seq", { mode: "bigint" }).notNull().unique().generatedAlwaysAsIdentity();

/**
 * The outbox: what happened that somebody outside wants to hear of, written in
 * the transaction in which it happened. A worker makes deliveries of it.
 */
export const notificationEvent = pgTable(
  "notification_event",
  {
    /** What receivers know it by: the webhook-id of every delivery and retry. */
    id: uuid("id").primaryKey().defaultRandom(),
    seq: sequence(),
    type: text("type").notNull(),
    occurredAt: instant("occurred_at").notNull().defaultNow(),
    /** Whose event it is; null for the whole organisation. */
    team: text("team"),
    /** Events of one key reach an endpoint in their order; null: no order. */
    orderKey: text("order_key"),
    /** For one endpoint alone (a test); null: for all that ask for it. */
    endpointId: uuid("endpoint_id"),
    data: jsonb("data").notNull(),
    /** Null until its deliveries are written. */
    dispatchedAt: instant("dispatched_at"),
  },
  (t) => [
    // What still has to be made into deliveries.
    index("notification_event_waiting_idx").on(t.seq).where(sql`${t.dispatchedAt} is null`),
    // Retention deletes by age.
    index("notification_event_occurred_at_idx").on(t.occurredAt),
  ],
);

/** Where events are sent to, and which. Addresses and secrets are sealed with OUTLAY_SECRET. */
export const webhookEndpoint = pgTable("webhook_endpoint", {
  id: uuid("id").primaryKey().defaultRandom(),
  name: text("name").notNull(),
  format: text("format", {
    enum: ["json", "slack", "teams", "pagerduty", "discord", "email"],
  }).notNull(),
  /** What people read it in; JSON has none. */
  language: text("language", { enum: ["en", "zh-Hant"] })
    .notNull()
    .default("en"),
  /** A URL, a PagerDuty routing key or mail addresses; chat URLs are secrets in themselves. */
  sealedTarget: bytes("sealed_target").notNull(),
  /** The same, as it may be shown. */
  shownTarget: text("shown_target").notNull(),
  /** Null for all. */
  types: text("types").array(),
  /** With the teams below them; null for all. */
  teams: text("teams").array(),
  /** Ids; null for all. */
  budgets: text("budgets").array(),
  /** `whsec_…`; null for formats that carry no signature. */
  sealedSecret: bytes("sealed_secret"),
  /** Signs too, until then. */
  sealedOldSecret: bytes("sealed_old_secret"),
  oldSecretUntil: instant("old_secret_until"),
  /** Since when every attempt has failed. */
  failingSince: instant("failing_since"),
  disabledAt: instant("disabled_at"),
  disabledBecause: text("disabled_because", { enum: ["by_hand", "gone", "failing"] }),
  createdAt: instant("created_at").notNull().defaultNow(),
  createdBy: text("created_by").notNull(),
});

/** One event on its way to one endpoint. */
export const webhookDelivery = pgTable(
  "webhook_delivery",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    seq: sequence(),
    eventId: uuid("event_id")
      .notNull()
      .references(() => notificationEvent.id, { onDelete: "cascade" }),
    endpointId: uuid("endpoint_id")
      .notNull()
      .references(() => webhookEndpoint.id, { onDelete: "cascade" }),
    /** The event's; null where it need not wait for others, such as a replay. */
    orderKey: text("order_key"),
    replayOf: uuid("replay_of"),
    status: text("status", { enum: ["pending", "delivered", "failed"] })
      .notNull()
      .default("pending"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull(),
    /** A worker is at it until then; after that it was killed. */
    leasedUntil: instant("leased_until"),
    leasedBy: uuid("leased_by"),
    createdAt: instant("created_at").notNull().defaultNow(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    // An event is delivered to an endpoint once, but for replays.
    uniqueIndex("webhook_delivery_once_idx")
      .on(t.eventId, t.endpointId)
      .where(sql`${t.replayOf} is null`),
    // An event's deliveries, when retention deletes it.
    index("webhook_delivery_event_idx").on(t.eventId),
    // What is due, per endpoint.
    index("webhook_delivery_due_idx")
      .on(t.endpointId, t.nextAttemptAt)
      .where(sql`${t.status} = 'pending'`),
    // Whether one of the same key goes first.
    index("webhook_delivery_order_idx")
      .on(t.endpointId, t.orderKey, t.seq)
      .where(sql`${t.status} = 'pending'`),
    // An endpoint's log, newest first.
    index("webhook_delivery_log_idx").on(t.endpointId, t.seq),
  ],
);

/** One try. Written when it has ended; that of a killed worker is missing, and made up by the next. */
export const webhookAttempt = pgTable(
  "webhook_attempt",
  {
    deliveryId: uuid("delivery_id")
      .notNull()
      .references(() => webhookDelivery.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    startedAt: instant("started_at").notNull(),
    latencyMs: integer("latency_ms").notNull(),
    /** Of the answer; null where none came. */
    httpStatus: integer("http_status"),
    /** Why none came, or why it was not sent: a stable word. */
    failure: text("failure"),
    /** The first kilobyte of the answer. */
    answer: text("answer"),
    nextAttemptAt: instant("next_attempt_at"),
  },
  (t) => [primaryKey({ columns: [t.deliveryId, t.number] })],
);
