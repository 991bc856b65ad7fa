import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { instant, usd } from "./columns.ts";

/** Money held for a call that was asked about and has not been seen yet. */
export const spendReservation = pgTable(
  "spend_reservation",
  {
    id: uuid("id").primaryKey(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    team: text("team"),
    userId: text("user_id"),
    agent: text("agent"),
    model: text("model"),
    keyId: text("key_id"),
    amount: usd("amount").notNull(),
    /** {budget id: amount in the budget's unit}. */
    holds: jsonb("holds").notNull(),
    /** When its call was seen in the ledger, or the caller gave it back. */
    settledAt: instant("settled_at"),
    settledBy: uuid("settled_by"),
  },
  (t) => [
    // What is held now.
    index("spend_reservation_open_idx").on(t.expiresAt).where(sql`${t.settledAt} is null`),
    // An event settles one reservation, once.
    index("spend_reservation_settled_by_idx")
      .on(t.settledBy)
      .where(sql`${t.settledBy} is not null`),
    // Retention deletes by age.
    index("spend_reservation_created_at_idx").on(t.createdAt),
  ],
);

/** The processes that answer checks: how many there are bounds what they may grant unshared. */
export const spendChecker = pgTable("spend_checker", {
  id: uuid("id").primaryKey(),
  seenAt: instant("seen_at").notNull(),
});
