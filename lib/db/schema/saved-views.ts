import { sql } from "drizzle-orm";
import { boolean, check, index, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { authUser } from "./auth.ts";

/** A question that somebody keeps by name: the address of Explore without its host. Holds no figure. */
export const savedView = pgTable(
  "saved_view",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => authUser.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** As in a URL after the "?", such as `measure=spend&by=model`. */
    query: text("query").notNull(),
    isShared: boolean("is_shared").notNull().default(false),
    changedAt: timestamp("changed_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    unique("saved_view_owner_name").on(t.ownerId, t.name),
    check("saved_view_has_a_name", sql`${t.name} <> ''`),
    // What the others offer.
    index("saved_view_shared_idx").on(t.name).where(sql`${t.isShared}`),
  ],
);

/** The view that Explore opens with for a person. */
export const savedViewDefault = pgTable("saved_view_default", {
  userId: text("user_id")
    .primaryKey()
    .references(() => authUser.id, { onDelete: "cascade" }),
  viewId: uuid("view_id")
    .notNull()
    .references(() => savedView.id, { onDelete: "cascade" }),
});
