import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  numeric,
  pgTable,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";

/**
 * Exchange rates by day, as they were published: `rate` units of `currency`
 * for one unit of `base`. A correction supersedes a row and adds another, so
 * that what a figure was converted by can always be found.
 */
export const currencyRate = pgTable(
  "currency_rate",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    base: text("base", { enum: ["EUR", "USD"] }).notNull(),
    currency: text("currency").notNull(),
    date: date("date").notNull(),
    rate: numeric("rate", { precision: 24, scale: 12 }).notNull(),
    source: text("source").notNull(),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull().defaultNow(),
    recordedBy: text("recorded_by").notNull(),
    supersededAt: timestamp("superseded_at", { withTimezone: true }),
    supersededBy: text("superseded_by"),
  },
  (t) => [
    check(
      "currency_rate_is_between_two",
      sql`${t.currency} ~ '^[A-Z]{3}$' and ${t.currency} <> ${t.base}`,
    ),
    check("currency_rate_is_positive", sql`${t.rate} > 0`),
    // One rate is believed for a day; the latest before a day is found from here.
    uniqueIndex("currency_rate_believed_idx")
      .on(t.currency, t.base, t.date)
      .where(sql`${t.supersededAt} is null`),
    // What was known when a month was closed, also what has been corrected since.
    index("currency_rate_known_idx").on(t.currency, t.date),
  ],
);

/** The currency that figures are shown in besides the ledger's US dollars. One row at most. */
export const reportingCurrency = pgTable(
  "reporting_currency",
  {
    id: smallint("id").primaryKey().default(1),
    currency: text("currency").notNull(),
    changedAt: timestamp("changed_at", { withTimezone: true }).notNull().defaultNow(),
    changedBy: text("changed_by").notNull(),
  },
  (t) => [
    check("reporting_currency_is_one", sql`${t.id} = 1`),
    check("reporting_currency_is_a_code", sql`${t.currency} ~ '^[A-Z]{3}$'`),
  ],
);
