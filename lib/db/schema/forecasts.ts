import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/**
 * Every forecast that was issued, as it was issued: never fitted again. Days
 * are those of the organisation's zone; `scope` is as the API has it
 * (`team:payments`). `replayed` ones were made later, from the days before them
 * alone, for a series that had no forecasts of its own yet.
 */
export const forecast = pgTable(
  "forecast",
  {
    scope: text("scope").notNull(),
    /** The first day ahead, which was the running day. */
    day: date("day").notNull(),
    issuedAt: instant("issued_at").notNull(),
    origin: text("origin", { enum: ["issued", "replayed"] }).notNull(),
    /** none, early, low-confidence, normal; see lib/forecast/maturity.ts. */
    maturity: text("maturity").notNull(),
    /** Days of history, and their sum: tells whether history has changed since. */
    historyDays: integer("history_days").notNull(),
    historyTotal: doublePrecision("history_total").notNull(),
    /** The unit of error. */
    scale: doublePrecision("scale").notNull(),
    /** Millionths of the unit (dollars, or what a budget counts in), one for each day ahead. */
    point: bigint("point", { mode: "bigint" }).array().notNull(),
    /** The days one after the other: low and high of 50, 80 and 95 % each. */
    bands: real("bands").array().notNull(),
    /** What repeating the last week says of the next seven days. */
    naive: real("naive").array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scope, t.day] }),
    // Retention deletes by age.
    index("forecast_day_idx").on(t.day),
  ],
);

/** How good past forecasts of a scope were, as of the last refit. Shares as fractions. */
export const forecastAccuracy = pgTable("forecast_accuracy", {
  scope: text("scope").primaryKey(),
  asOf: date("as_of").notNull(),
  /** Forecasts a week apart, of the last 26 weeks, and their days that are over. */
  forecasts: integer("forecasts").notNull(),
  days: integer("days").notNull(),
  /** Sum of absolute errors over the sum of spend, to 30 days ahead; null without spend. */
  wape: doublePrecision("wape"),
  naiveWape: doublePrecision("naive_wape"),
  /** Forecast minus spend over spend. */
  bias: doublePrecision("bias"),
  naiveBias: doublePrecision("naive_bias"),
  held50: doublePrecision("held_50"),
  held80: doublePrecision("held_80"),
  held95: doublePrecision("held_95"),
  /** Median error of a forecast's total. */
  totalError: doublePrecision("total_error"),
  naiveTotalError: doublePrecision("naive_total_error"),
  isNaiveBetter: boolean("is_naive_better").notNull(),
});

/**
 * What the next fit of a series starts from: where the search for its smoothing
 * ended, and the widths of its bands as of when its past forecasts were judged last.
 */
export const forecastFit = pgTable("forecast_fit", {
  scope: text("scope").primaryKey(),
  fittedOn: date("fitted_on").notNull(),
  /** Two parameters of the model without a trend, four of the one with; null where none was fitted. */
  smoothing: doublePrecision("smoothing").array(),
  /** In units of the error scale: of 50, 80 and 95 % each, nearest days first; null: never judged. */
  halfWidths: doublePrecision("half_widths").array(),
});

/** A refit of all series: asked for, or due with the day. */
export const forecastRun = pgTable(
  "forecast_run",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    requestedAt: instant("requested_at").notNull(),
    requestedBy: text("requested_by").notNull(),
    startedAt: instant("started_at"),
    finishedAt: instant("finished_at"),
    /** The running day that it was made for. */
    day: date("day"),
    series: integer("series").notNull().default(0),
    /** Time spent fitting, without rests and the database. */
    fitMs: integer("fit_ms"),
    error: text("error"),
  },
  (t) => [
    // What waits.
    index("forecast_run_open_idx").on(t.id).where(sql`${t.finishedAt} is null`),
    index("forecast_run_finished_at_idx").on(t.finishedAt),
  ],
);

/**
 * Something that people or the price book know and history does not: a launch,
 * a new price, more people, a holiday, days to leave out.
 */
export const forecastEvent = pgTable(
  "forecast_event",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    kind: text("kind", {
      enum: ["launch", "price_change", "head_count", "holiday", "exclude", "other"],
    }).notNull(),
    label: text("label").notNull(),
    scope: text("scope").notNull(),
    firstDay: date("first_day").notNull(),
    /** Included; null: from then on. */
    lastDay: date("last_day"),
    /** {kind: factor, factor} | {kind: amount, per_day} | {kind: quiet} | {kind: exclude}. */
    effect: jsonb("effect").notNull(),
    source: text("source", { enum: ["person", "price_book"] }).notNull(),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnBy: text("withdrawn_by"),
  },
  (t) => [
    check("forecast_event_lasts", sql`${t.lastDay} is null or ${t.firstDay} <= ${t.lastDay}`),
    // The events in force, by day.
    index("forecast_event_in_force_idx").on(t.firstDay).where(sql`${t.withdrawnAt} is null`),
  ],
);

/** A what-if question under a name, asked again of the newest 30 days whenever it is opened. */
export const forecastScenario = pgTable(
  "forecast_scenario",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    scope: text("scope").notNull(),
    /** As `POST /forecasts/what-if` takes it. */
    question: jsonb("question").notNull(),
    /** The person or key that saved it; empty for those from before there were owners. */
    ownerId: text("owner_id").notNull().default(""),
    /** Seen by everybody who may see the scope; otherwise by the owner alone. */
    isShared: boolean("is_shared").notNull().default(true),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    archivedAt: instant("archived_at"),
  },
  (t) => [index("forecast_scenario_idx").on(t.name).where(sql`${t.archivedAt} is null`)],
);
