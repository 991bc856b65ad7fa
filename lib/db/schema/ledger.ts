import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant, usd } from "./columns.ts";

const int8 = (name: string) => bigint(name, { mode: "bigint" });
const tokens = (name: string) => bigint(name, { mode: "number" });
/**
 * What an event is filed under: the resolved vector of its dimensions. Immutable;
 * the id is a hash of the content, so every collector arrives at the same one.
 * Null means unknown; a team is never null (`unallocated`).
 */
export const dimensionSet = pgTable("dimension_set", {
  id: int8("id").primaryKey(),
  kind: text("kind").notNull(),
  team: text("team").notNull(),
  project: text("project"),
  environment: text("environment"),
  service: text("service"),
  agent: text("agent"),
  workflow: text("workflow"),
  tool: text("tool"),
  provider: text("provider"),
  model: text("model"),
  tier: text("tier"),
  dialect: text("dialect").notNull(),
  status: text("status").notNull(),
  costCenter: text("cost_center"),
});

/**
 * The resolved vector of rates that a call was priced with. Immutable; the id
 * is a hash of the content. What a receipt prints and FOCUS calls SkuPriceId.
 */
export const rateSet = pgTable("rate_set", {
  id: int8("id").primaryKey(),
  status: text("status").notNull(),
  provider: text("provider"),
  model: text("model"),
  content: jsonb("content").notNull(),
});

/**
 * The ledger: one row per item that tells of usage, append-only, partitioned by
 * day of start. `counted` says whether the row is the one that counts; a row
 * that loses to a better witness of the same call stays, with the reason.
 *
 * `id` is a version 8 UUID: 48 bits of `started_at`, then a hash of the
 * producer's own ids, so it is the same for a re-delivery and tells its row's place.
 */
export const usageEvent = pgTable(
  "usage_event",
  {
    id: uuid("id").notNull(),
    startedAt: instant("started_at").notNull(),
    receivedAt: instant("received_at").notNull(),
    keyId: text("key_id"),
    dimensionSetId: int8("dimension_set_id").notNull(),
    rateSetId: int8("rate_set_id"),
    signal: text("signal").notNull(),
    witness: text("witness").notNull(),
    family: text("family").notNull(),
    rank: smallint("rank").notNull(),
    counted: boolean("counted").notNull(),
    notCountedBecause: text("not_counted_because"),
    /** The row that counts in this one's place. */
    twinOf: uuid("twin_of"),
    traceId: bytes("trace_id"),
    spanId: bytes("span_id"),
    parentSpanId: bytes("parent_span_id"),
    responseId: text("response_id"),
    toolCallId: text("tool_call_id"),
    /** Hashes of the ids that name the same call on other items; see lib/ingest/link-keys.ts. */
    callKey: int8("call_key"),
    callKey2: int8("call_key_2"),
    streamKey: int8("stream_key"),
    sessionId: text("session_id"),
    userId: text("user_id"),
    calls: integer("calls").notNull(),
    durationMs: doublePrecision("duration_ms"),
    operation: text("operation").notNull(),
    modelReported: text("model_reported"),
    attempt: integer("attempt"),
    errorType: text("error_type"),
    /** All null when the producer gave no usage: missing is not zero. */
    inputUncached: tokens("input_uncached"),
    cacheRead: tokens("cache_read"),
    cacheWrite5m: tokens("cache_write_5m"),
    cacheWrite1h: tokens("cache_write_1h"),
    output: tokens("output"),
    reasoning: tokens("reasoning"),
    units: jsonb("units"),
    /** The rate in force for the team; null while unpriced. */
    cost: usd("cost"),
    listCost: usd("list_cost"),
    reportedCost: usd("reported_cost"),
    costStatus: text("cost_status").notNull(),
    funding: text("funding").notNull(),
    flags: text("flags").array().notNull(),
    ruleId: uuid("rule_id"),
    /** What the item itself said, before anything was inherited: identity, provider, model, tier, series. */
    said: jsonb("said").notNull(),
    attributes: jsonb("attributes").notNull(),
    /**
     * The last step by which a pricing run had restated the ledger when the row
     * was written; null while none had. The row was not there for that step and
     * those before it, so their `restated_price` is not its price.
     */
    filedAfterStep: int8("filed_after_step"),
  },
  (t) => [
    // An id carries its row's time, so this finds single rows as well as the newest.
    primaryKey({ columns: [t.startedAt, t.id] }),
    // The other items of a trace, when one of them arrives.
    index("usage_event_trace_idx").on(t.traceId).where(sql`${t.traceId} is not null`),
    // The same call seen by another signal, instrumentation or gateway.
    index("usage_event_call_key_idx").on(t.callKey).where(sql`${t.callKey} is not null`),
    index("usage_event_call_key_2_idx").on(t.callKey2).where(sql`${t.callKey2} is not null`),
    // The neighbouring points of a cumulative metric.
    index("usage_event_stream_idx")
      .on(t.streamKey, t.startedAt)
      .where(sql`${t.streamKey} is not null`),
    // A session's page, and the items that compete in it.
    index("usage_event_session_idx").on(t.sessionId).where(sql`${t.sessionId} is not null`),
    // What was told twice, newest first: few rows among millions that count.
    index("usage_event_not_counted_idx").on(t.startedAt, t.id).where(sql`not ${t.counted}`),
  ],
);

/**
 * Places and identities of spans that are no usage, packed per trace and
 * request. Calls inherit from them whichever arrives first. Kept for days only.
 */
export const traceNode = pgTable(
  "trace_node",
  {
    traceId: bytes("trace_id").notNull(),
    /** Hash of the content: a re-delivery adds nothing. */
    hash: int8("hash").notNull(),
    receivedAt: instant("received_at").notNull(),
    nodes: jsonb("nodes").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.traceId, t.hash] }),
    // Retention deletes by age.
    index("trace_node_received_at_idx").on(t.receivedAt),
  ],
);

/**
 * The best ranks by which the calls of a scope (a session, or a service's day)
 * are reported: items of a worse rank repeat them. Apart by signal and by
 * whether the items carry response ids. Null: none of that sort.
 */
export const evidence = pgTable("evidence", {
  scopeKey: int8("scope_key").primaryKey(),
  spanBlind: smallint("span_blind"),
  spanNamed: smallint("span_named"),
  logBlind: smallint("log_blind"),
  logNamed: smallint("log_named"),
});

/** What was refused, by hour, key and reason, with one example. */
export const rejection = pgTable(
  "rejection",
  {
    hour: instant("hour").notNull(),
    keyId: text("key_id").notNull().default(""),
    signal: text("signal").notNull(),
    reason: text("reason").notNull(),
    example: text("example").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.hour, t.keyId, t.signal, t.reason] })],
);
