import { bigint, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { bytes } from "./columns.ts";

/**
 * Who changed what, when, from what to what. Rows are only ever added: a
 * trigger refuses every update, and every removal but that of what is older
 * than the retention.
 */
export const auditEntry = pgTable(
  "audit_entry",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp("at", { withTimezone: true, precision: 6 }).notNull(),
    actorKind: text("actor_kind", { enum: ["user", "key", "cli", "system", "nobody"] }).notNull(),
    actorId: text("actor_id").notNull(),
    actorLabel: text("actor_label").notNull(),
    /** Thing and verb, for example "key.revoked". */
    action: text("action").notNull(),
    targetKind: text("target_kind").notNull(),
    targetId: text("target_id").notNull(),
    /** Whether it was done, or asked for and refused. */
    result: text("result", { enum: ["done", "refused"] }).notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    ip: text("ip"),
    userAgent: text("user_agent"),
    requestId: text("request_id"),
  },
  (t) => [
    index("audit_entry_at").on(t.at, t.id),
    index("audit_entry_target").on(t.targetKind, t.targetId, t.at),
    index("audit_entry_actor").on(t.actorId, t.at),
  ],
);

/**
 * The hash chain over the entries: each hash covers an entry and the hash
 * before it. Guarded alike.
 */
export const auditSeal = pgTable("audit_seal", {
  position: bigint("position", { mode: "number" }).primaryKey(),
  entryId: bigint("entry_id", { mode: "number" })
    .notNull()
    .unique()
    .references(() => auditEntry.id),
  hash: bytes("hash").notNull(),
});

/**
 * Where the chain begins since entries were removed for their age: the last
 * removed seal. A trigger takes only one whose entries are all past the
 * retention; without any the chain begins at its first entry.
 */
export const auditAnchor = pgTable("audit_anchor", {
  position: bigint("position", { mode: "number" }).primaryKey(),
  hash: bytes("hash").notNull(),
  /** Every entry up to there was written before this. */
  before: timestamp("before", { withTimezone: true, precision: 6 }).notNull(),
  cutAt: timestamp("cut_at", { withTimezone: true, precision: 6 }).notNull(),
});

/** The entries that no seal covers yet; filled by a trigger, emptied by sealing. */
export const auditUnsealed = pgTable("audit_unsealed", {
  entryId: bigint("entry_id", { mode: "number" }).primaryKey(),
});
