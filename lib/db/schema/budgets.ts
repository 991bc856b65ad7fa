import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, usd } from "./columns.ts";

/**
 * What may be spent, on what and in which period. Amounts are exact, in `unit`:
 * a currency's code, or `tokens`.
 */
export const budget = pgTable(
  "budget",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    /** {team?, project?, agent?, …}: all must hold; none is the whole organisation. */
    scope: jsonb("scope").notNull(),
    /** {unit, days?, anchor?, calendar}; see lib/time/fiscal.ts. */
    period: jsonb("period").notNull(),
    unit: text("unit").notNull(),
    limitAmount: usd("limit_amount").notNull(),
    costBasis: text("cost_basis", { enum: ["effective", "list"] }).notNull(),
    rollover: text("rollover", { enum: ["none", "unspent"] }).notNull(),
    rolloverCap: usd("rollover_cap"),
    /** [{kind, percent}], ascending. */
    thresholds: jsonb("thresholds").notNull(),
    /** {unit: day | week, limit}: a limit inside the period. */
    pacing: jsonb("pacing"),
    /** {from, to}, "22:00" to "07:00" in the organisation's zone. */
    quietHours: jsonb("quiet_hours"),
    hasDigest: boolean("has_digest").notNull().default(true),
    parentId: uuid("parent_id"),
    owner: text("owner"),
    /** Start of the first period that counts for history and rollover. */
    startsAt: instant("starts_at").notNull(),
    /** Rises with each change of what a threshold is a share of. */
    limitRevision: integer("limit_revision").notNull().default(1),
    createdAt: instant("created_at").notNull().defaultNow(),
    createdBy: text("created_by").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    check("budget_limit_is_not_negative", sql`${t.limitAmount} >= 0`),
    // The budgets in force: what each evaluation and the page read.
    index("budget_in_force_idx").on(t.name).where(sql`${t.archivedAt} is null`),
  ],
);

/** Every state that a budget was in. A closed period has the limit of the revision that ended it. */
export const budgetRevision = pgTable(
  "budget_revision",
  {
    budgetId: uuid("budget_id")
      .notNull()
      .references(() => budget.id),
    revision: integer("revision").notNull(),
    limitRevision: integer("limit_revision").notNull(),
    limitAmount: usd("limit_amount").notNull(),
    recordedAt: instant("recorded_at").notNull(),
    recordedBy: text("recorded_by").notNull(),
    /** The budget as a whole, as the API prints it. */
    content: jsonb("content").notNull(),
  },
  (t) => [primaryKey({ columns: [t.budgetId, t.revision] })],
);

/** More for a while: asked for, then approved or refused. */
export const budgetIncrease = pgTable(
  "budget_increase",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    budgetId: uuid("budget_id")
      .notNull()
      .references(() => budget.id),
    amount: usd("amount").notNull(),
    reason: text("reason").notNull(),
    status: text("status", { enum: ["requested", "approved", "refused", "withdrawn"] }).notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    requestedAt: instant("requested_at").notNull(),
    requestedBy: text("requested_by").notNull(),
    /** The person whom the answer is sent to; null for a key. */
    requestedByUser: text("requested_by_user"),
    /** The key that asked; null for a person. */
    requestedByKey: text("requested_by_key"),
    decidedAt: instant("decided_at"),
    decidedBy: text("decided_by"),
    decisionNote: text("decision_note"),
  },
  (t) => [
    check("budget_increase_is_more", sql`${t.amount} > 0`),
    check("budget_increase_lasts", sql`${t.startsAt} < ${t.endsAt}`),
    index("budget_increase_budget_idx").on(t.budgetId, t.requestedAt),
  ],
);

/** Silence with a reason and an end. */
export const budgetMute = pgTable(
  "budget_mute",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    budgetId: uuid("budget_id")
      .notNull()
      .references(() => budget.id),
    reason: text("reason").notNull(),
    mutedAt: instant("muted_at").notNull(),
    mutedBy: text("muted_by").notNull(),
    endsAt: instant("ends_at").notNull(),
  },
  (t) => [index("budget_mute_budget_idx").on(t.budgetId, t.endsAt)],
);

/** Where the evaluation stands. Its row is the lock under which a budget's crossings are decided. */
export const budgetState = pgTable("budget_state", {
  budgetId: uuid("budget_id")
    .primaryKey()
    .references(() => budget.id),
  periodStart: instant("period_start").notNull(),
  limitKey: text("limit_key").notNull(),
  /** By percent: whether a threshold on the forecast may fire again; see lib/budgets/arming.ts. */
  arms: jsonb("arms").notNull(),
});

/**
 * What fired, once: the primary guard is the unique key. `limit_key` names the
 * limit (its revision and the increases in force), `arming` counts how often a
 * threshold on the forecast was armed; it stays 0 for all others.
 */
export const budgetCrossing = pgTable(
  "budget_crossing",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    budgetId: uuid("budget_id")
      .notNull()
      .references(() => budget.id),
    periodStart: instant("period_start").notNull(),
    limitKey: text("limit_key").notNull(),
    basis: text("basis", {
      enum: ["actual", "forecast", "exceeded", "pacing", "period"],
    }).notNull(),
    percent: numeric("percent", { precision: 7, scale: 2 }).notNull(),
    arming: integer("arming").notNull().default(0),
    crossedAt: instant("crossed_at").notNull(),
    spent: usd("spent").notNull(),
    limitAmount: usd("limit_amount").notNull(),
    /** Null where the threshold was told of by a higher one, or not at all. */
    event: jsonb("event"),
    /** Why nothing was sent of it: higher, muted, carried, known, backfill. */
    silentBecause: text("silent_because"),
    /** Quiet hours: it is sent then. */
    heldUntil: instant("held_until"),
    sentAt: instant("sent_at"),
    /** A correction took spend below the threshold again. */
    uncrossedAt: instant("uncrossed_at"),
    recrossedAt: instant("recrossed_at"),
  },
  (t) => [
    uniqueIndex("budget_crossing_once").on(
      t.budgetId,
      t.periodStart,
      t.limitKey,
      t.basis,
      t.percent,
      t.arming,
    ),
    // What quiet hours hold back.
    index("budget_crossing_held_idx")
      .on(t.heldUntil)
      .where(sql`${t.heldUntil} is not null and ${t.sentAt} is null`),
    // The alerts of the page and the event stream, newest first.
    index("budget_crossing_crossed_at_idx").on(t.crossedAt),
  ],
);

/** The daily message on budgets that are still over a threshold: one a team ('' for none) and day. */
export const budgetDigest = pgTable(
  "budget_digest",
  {
    day: instant("day").notNull(),
    team: text("team").notNull(),
    sentAt: instant("sent_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.team] })],
);
