import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, usd } from "./columns.ts";

/**
 * One thing that happened, however many series, sessions and detectors saw it.
 * Its money is what was spent in [starts_at, ends_at) beside what was expected.
 */
export const anomaly = pgTable(
  "anomaly",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    state: text("state", { enum: ["open", "acknowledged", "expected", "resolved"] }).notNull(),
    /** What is odd: spike, drift, runaway_loop, …; see lib/anomaly-control/sighting.ts. */
    kind: text("kind").notNull(),
    /** What saw it first: days, hours, or a detector of agents. */
    source: text("source", { enum: ["day", "hour", "agent"] }).notNull(),
    metric: text("metric").notNull(),
    direction: bigint("direction", { mode: "number" }).notNull(),
    /** {team?, model?, agent?, session?}; none is the whole organisation. */
    scope: jsonb("scope").notNull(),
    /** What later sightings of the same thing share with it, such as `agent=reviewer`. */
    keys: text("keys").array().notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    expected: usd("expected").notNull(),
    actual: usd("actual").notNull(),
    impact: usd("impact").notNull(),
    /** Expected and actual amount of metrics that are no money. */
    measured: jsonb("measured"),
    /** Likeliest causes, what each value of a dimension added, and the split of the change. */
    explanation: jsonb("explanation").notNull(),
    /** What detectors of agents found, by kind: figures for the sentence. */
    findings: jsonb("findings").notNull(),
    isNotable: boolean("is_notable").notNull(),
    detectedAt: instant("detected_at").notNull(),
    seenAt: instant("seen_at").notNull(),
    /** When `anomaly.opened` was written; null: it stayed on the page. */
    announcedAt: instant("announced_at"),
    acknowledgedAt: instant("acknowledged_at"),
    owner: text("owner"),
    resolvedAt: instant("resolved_at"),
    /** back_in_range, new_level, corrected, or by_hand. */
    resolvedBecause: text("resolved_because"),
    /** The newest word of a person on it: unexpected, expected, not_anomaly. */
    feedback: text("feedback"),
    feedbackBy: text("feedback_by"),
    feedbackAt: instant("feedback_at"),
  },
  (t) => [
    check("anomaly_lasts", sql`${t.startsAt} < ${t.endsAt}`),
    // The page, newest first, and the markers of a period.
    index("anomaly_starts_at_idx").on(t.startsAt),
    // What a new sighting may belong to.
    index("anomaly_ends_at_idx").on(t.endsAt),
    index("anomaly_feedback_idx").on(t.feedbackAt).where(sql`${t.feedback} is not null`),
  ],
);

/** Each team's part in an anomaly: adds up to it exactly, and says who may see it. */
export const anomalyPart = pgTable(
  "anomaly_part",
  {
    anomalyId: uuid("anomaly_id")
      .notNull()
      .references(() => anomaly.id, { onDelete: "cascade" }),
    team: text("team").notNull(),
    expected: usd("expected").notNull(),
    actual: usd("actual").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.anomalyId, t.team] }),
    index("anomaly_part_team_idx").on(t.team, t.anomalyId),
  ],
);

/** What happened to an anomaly, and who did it. */
export const anomalyNote = pgTable(
  "anomaly_note",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    anomalyId: uuid("anomaly_id")
      .notNull()
      .references(() => anomaly.id, { onDelete: "cascade" }),
    at: instant("at").notNull(),
    by: text("by").notNull(),
    /** opened, acknowledged, expected, resolved, reopened, owner, feedback, note. */
    what: text("what").notNull(),
    text: text("text"),
  },
  (t) => [index("anomaly_note_anomaly_idx").on(t.anomalyId, t.id)],
);

/** What people know beforehand: a launch, a migration, a load test. Widens the expected range. */
export const anomalyPlannedEvent = pgTable(
  "anomaly_planned_event",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    label: text("label").notNull(),
    scope: jsonb("scope").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    /** How many times the usual is expected; null: anything. */
    factor: doublePrecision("factor"),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
  },
  (t) => [
    check("anomaly_planned_event_lasts", sql`${t.startsAt} < ${t.endsAt}`),
    index("anomaly_planned_event_ends_at_idx").on(t.endsAt),
  ],
);

/** The organisation's own limits; no row or null: the published ones. */
export const anomalySetting = pgTable(
  "anomaly_setting",
  {
    id: bigint("id", { mode: "number" }).primaryKey(),
    deviations: doublePrecision("deviations"),
    share: doublePrecision("share"),
    /** Least change of a day in dollars. */
    amount: usd("amount"),
    changedAt: instant("changed_at").notNull(),
    changedBy: text("changed_by").notNull(),
  },
  (t) => [check("anomaly_setting_is_one", sql`${t.id} = 1`)],
);
