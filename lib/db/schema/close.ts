import { date, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

const instant = (name: string) => timestamp(name, { withTimezone: true });

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
  /** SHA-256 of the totals in canonical JSON, in hexadecimal. */
  hash: text("hash").notNull(),
  reopenedAt: instant("reopened_at"),
  reopenedBy: text("reopened_by"),
  reopenedReason: text("reopened_reason"),
});
