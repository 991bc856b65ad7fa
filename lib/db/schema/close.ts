import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant, usd } from "./columns.ts";

/**
 * Months whose statements are frozen. A month is closed while its row says no
 * `reopened_at`; opened again, the row stays and says who asked for it and why.
 */
export const closedMonth = pgTable("closed_month", {
  /** The first day of the month in the organisation's zone. */
  month: date("month", { mode: "string" }).primaryKey(),
  closedAt: instant("closed_at").notNull(),
  closedBy: text("closed_by").notNull(),
  /** The figures as they were closed; amounts are decimal strings. */
  totals: jsonb("totals").notNull(),
  /** SHA-256 of the closed lines in canonical JSON, in hexadecimal. */
  hash: text("hash").notNull(),
  /** How often the month was closed; names its lines in `closed_line`. */
  closing: integer("closing").notNull().default(1),
  reopenedAt: instant("reopened_at"),
  reopenedBy: text("reopened_by"),
  reopenedReason: text("reopened_reason"),
});

const costs = () => ({
  list: usd("list").notNull(),
  contracted: usd("contracted").notNull(),
  effective: usd("effective").notNull(),
  billed: usd("billed").notNull(),
});

/** What a line of a statement is about; see `StatementLine`. */
const subject = () => ({
  team: text("team").notNull(),
  costCenter: text("cost_center"),
  kind: text("kind").notNull(),
  provider: text("provider"),
  model: text("model"),
  chargeId: text("charge_id"),
  chargeName: text("charge_name"),
  poolId: text("pool_id"),
  poolName: text("pool_name"),
});

/** The figures of a month as they were closed. Never changed, also when the month is opened again. */
export const closedLine = pgTable(
  "closed_line",
  {
    month: date("month", { mode: "string" }).notNull(),
    closing: integer("closing").notNull(),
    line: integer("line").notNull(),
    ...subject(),
    ...costs(),
    tokens: bigint("tokens", { mode: "bigint" }).notNull(),
    unpricedCalls: bigint("unpriced_calls", { mode: "bigint" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.month, t.closing, t.line] })],
);

/** The usage of a closing by class of tokens: the lines of usage, taken apart as its statements show them. */
export const closedUsage = pgTable(
  "closed_usage",
  {
    month: date("month", { mode: "string" }).notNull(),
    closing: integer("closing").notNull(),
    line: integer("line").notNull(),
    team: text("team").notNull(),
    costCenter: text("cost_center"),
    kind: text("kind").notNull(),
    provider: text("provider"),
    model: text("model"),
    /** A class of tokens, or `other`: units that are no tokens, and rounding. */
    class: text("class").notNull(),
    tokens: bigint("tokens", { mode: "bigint" }).notNull(),
    ...costs(),
  },
  (t) => [primaryKey({ columns: [t.month, t.closing, t.line] })],
);

/**
 * The rows of FOCUS of a closing, a day in parts: gzip of a JSON array of
 * `FocusRow`. Every day of the month has a part, also one without rows.
 */
export const closedFocus = pgTable(
  "closed_focus",
  {
    month: date("month", { mode: "string" }).notNull(),
    closing: integer("closing").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    part: integer("part").notNull(),
    rows: bytes("rows").notNull(),
  },
  (t) => [primaryKey({ columns: [t.month, t.closing, t.day, t.part] })],
);

/**
 * Signed entries of the adjustment journal: what came to a closed month after
 * its closing, and what finance books by hand. Only ever added; a wrong one is
 * taken back by its reversal.
 */
export const adjustment = pgTable(
  "adjustment",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** The first day of the month whose statement it is on. */
    month: date("month", { mode: "string" }).notNull(),
    /** The closed month that it is about; null for what is booked by hand. */
    sourceMonth: date("source_month", { mode: "string" }),
    reason: text("reason").notNull(),
    ...subject(),
    ...costs(),
    note: text("note").notNull().default(""),
    /** A number or address of a document elsewhere. */
    reference: text("reference").notNull().default(""),
    /** The entries of one booking, such as both sides of a move. */
    booking: uuid("booking").notNull(),
    reverses: uuid("reverses").unique(),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
  },
  (t) => [
    check("adjustment_month_is_first_day", sql`extract(day from ${t.month}) = 1`),
    index("adjustment_month_idx").on(t.month, t.createdAt),
    index("adjustment_source_month_idx").on(t.sourceMonth).where(sql`${t.sourceMonth} is not null`),
  ],
);

/**
 * Closed months that usage was written to after their closing, one row a
 * batch: which months the worker has to look at. Without it nothing is lost,
 * since all of them are looked at once a day.
 */
export const lateMark = pgTable("late_mark", {
  id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
  month: date("month", { mode: "string" }).notNull(),
});
