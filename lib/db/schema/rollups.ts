import { sql } from "drizzle-orm";
import { bigint, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, usd } from "./columns.ts";

const count = (name: string) => bigint(name, { mode: "number" }).notNull().default(0);
const id = (name: string) => bigint(name, { mode: "bigint" });
/** What every rollup adds up. Costs are sums over priced events, so a lower bound while `unpriced_calls` is not zero. */
const measures = () => ({
  modelCalls: count("model_calls"),
  toolCalls: count("tool_calls"),
  errors: count("errors"),
  retries: count("retries"),
  unpricedCalls: count("unpriced_calls"),
  unpricedTokens: count("unpriced_tokens"),
  inputUncached: count("input_uncached"),
  cacheRead: count("cache_read"),
  cacheWrite5m: count("cache_write_5m"),
  cacheWrite1h: count("cache_write_1h"),
  output: count("output"),
  reasoning: count("reasoning"),
  cost: usd("cost").notNull(),
  listCost: usd("list_cost").notNull(),
});

/**
 * Usage per hour of the organisation's zone, dimension set and rate set (0:
 * nothing to price). Derived from the counted rows of the ledger, in their
 * transaction.
 */
export const usageHour = pgTable(
  "usage_hour",
  {
    hour: instant("hour").notNull(),
    dimensionSetId: id("dimension_set_id").notNull(),
    rateSetId: id("rate_set_id").notNull(),
    ...measures(),
  },
  (t) => [
    primaryKey({ columns: [t.hour, t.dimensionSetId, t.rateSetId] }),
    // What waits for a price, whenever it was.
    index("usage_hour_unpriced_idx").on(t.hour).where(sql`${t.unpricedCalls} > 0`),
  ],
);

/** The same per day of the organisation's zone: what month-long questions read. */
export const usageDay = pgTable(
  "usage_day",
  {
    day: instant("day").notNull(),
    dimensionSetId: id("dimension_set_id").notNull(),
    rateSetId: id("rate_set_id").notNull(),
    ...measures(),
  },
  (t) => [primaryKey({ columns: [t.day, t.dimensionSetId, t.rateSetId] })],
);

/**
 * The same per day, team and model, without any other dimension and without
 * rate sets ('' where unknown): what most pages read, and its size does not
 * grow with agents, services or tools.
 */
export const usageDayTeam = pgTable(
  "usage_day_team",
  {
    day: instant("day").notNull(),
    team: text("team").notNull(),
    kind: text("kind").notNull(),
    provider: text("provider").notNull(),
    model: text("model").notNull(),
    ...measures(),
  },
  (t) => [
    primaryKey({
      name: "usage_day_team_pk",
      columns: [t.day, t.team, t.kind, t.provider, t.model],
    }),
  ],
);

/** Usage per day, person and ingest key ('' where unknown). */
export const usageDayUser = pgTable(
  "usage_day_user",
  {
    day: instant("day").notNull(),
    userId: text("user_id").notNull(),
    keyId: text("key_id").notNull().default(""),
    dimensionSetId: id("dimension_set_id").notNull(),
    rateSetId: id("rate_set_id").notNull(),
    ...measures(),
  },
  (t) => [
    primaryKey({
      name: "usage_day_user_pk",
      columns: [t.day, t.userId, t.keyId, t.dimensionSetId, t.rateSetId],
    }),
  ],
);

/**
 * The same per day, team, kind and person, without keys, rate sets or any other
 * dimension: a tenth of the rows, for what asks by person.
 */
export const usageDayPerson = pgTable(
  "usage_day_person",
  {
    day: instant("day").notNull(),
    team: text("team").notNull(),
    kind: text("kind").notNull(),
    userId: text("user_id").notNull(),
    ...measures(),
  },
  (t) => [primaryKey({ name: "usage_day_person_pk", columns: [t.day, t.team, t.kind, t.userId] })],
);

/** Usage per session, team and person, with its first and last sign of life. */
export const session = pgTable(
  "session",
  {
    sessionId: text("session_id").notNull(),
    team: text("team").notNull(),
    userId: text("user_id").notNull(),
    firstAt: instant("first_at").notNull(),
    lastAt: instant("last_at").notNull(),
    ...measures(),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.team, t.userId] }),
    // The sessions page, newest first.
    index("session_last_at_idx").on(t.lastAt),
  ],
);

/**
 * Rows of the ledger that somebody should know about, per day: those that do
 * not count, by reason; those with a mark, by flag; those that no rule gives to
 * a team, by key. `example_id` is one of them, the latest written.
 */
export const qualityDay = pgTable(
  "quality_day",
  {
    day: instant("day").notNull(),
    sort: text("sort", { enum: ["not_counted", "flag", "unallocated"] }).notNull(),
    /** The reason, the flag, or the key's id. */
    name: text("name").notNull(),
    team: text("team").notNull(),
    dialect: text("dialect").notNull(),
    rows: count("rows"),
    exampleId: uuid("example_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.day, t.sort, t.name, t.team, t.dialect] })],
);
