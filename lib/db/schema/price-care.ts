import { date, index, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

/**
 * A person has looked at a price again and found it unchanged, or settled a
 * question about it. `rate_key` names the price by its content, so the note
 * ends with the price it is about.
 */
export const priceCheck = pgTable(
  "price_check",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    rateKey: text("rate_key").notNull(),
    checkedAt: date("checked_at").notNull(),
    sourceUrl: text("source_url").notNull(),
    sourceQuote: text("source_quote").notNull(),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull().defaultNow(),
    recordedBy: text("recorded_by").notNull(),
  },
  (t) => [index("price_check_rate_idx").on(t.rateKey)],
);

/** Models whose first call without a price was announced; announced once, whoever sees it first. */
export const unpricedAnnouncement = pgTable(
  "unpriced_announcement",
  {
    provider: text("provider").notNull(),
    model: text("model").notNull(),
    announcedAt: timestamp("announced_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.model] })],
);
