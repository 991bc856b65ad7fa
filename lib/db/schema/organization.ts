import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes } from "./columns.ts";

/** The one organisation of this installation. Its zone decides what a day is. */
export const organization = pgTable(
  "organization",
  {
    id: smallint("id").primaryKey().default(1),
    name: text("name").notNull().default("My organisation"),
    /** IANA zone of the hour and day buckets; changing it rebuilds the rollups. */
    timeZone: text("time_zone").notNull().default("UTC"),
    /** Managers see figures of persons only in teams of at least this many. */
    personFloor: smallint("person_floor").notNull().default(3),
    /** True while the sample organisation of `outlay demo` is loaded. */
    hasSampleData: boolean("has_sample_data").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [check("organization_is_one", sql`${t.id} = 1`)],
);

/** Whom spend is given to. The slug is the name in figures, files and rules, and never changes. */
export const team = pgTable("team", {
  slug: text("slug").primaryKey(),
  name: text("name").notNull(),
  costCenter: text("cost_center"),
  parentSlug: text("parent_slug"),
  archivedAt: timestamp("archived_at", { withTimezone: true }),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

/**
 * Keys for telemetry and for the API. Only a hash of the secret is kept; `id`
 * is the public part of the key, by which it is found.
 */
export const accessKey = pgTable("access_key", {
  id: text("id").primaryKey(),
  kind: text("kind", { enum: ["ingest", "api"] }).notNull(),
  label: text("label").notNull().default(""),
  secretHash: bytes("secret_hash").notNull().unique(),
  /** Ingest: the default team of what arrives with it. API: the team it may see. */
  teamSlug: text("team_slug").references(() => team.slug),
  /** API keys only. */
  role: text("role", { enum: ["admin", "finance", "manager", "viewer"] }),
  /** Ingest keys: whether hashes of prompts, arguments and results are kept. */
  contentPolicy: text("content_policy", { enum: ["drop", "hash"] })
    .notNull()
    .default("drop"),
  /** What it may do, see lib/access/key-scopes.ts; null: all that its kind can. */
  scopes: text("scopes").array(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  expiresAt: timestamp("expires_at", { withTimezone: true }),
  /** The secret before the last rotation, which works until `previousUntil`. */
  previousHash: bytes("previous_hash").unique(),
  previousUntil: timestamp("previous_until", { withTimezone: true }),
  rotatedAt: timestamp("rotated_at", { withTimezone: true }),
  revokedAt: timestamp("revoked_at", { withTimezone: true }),
  lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
});

/** Ordered: the first rule whose conditions all hold gives an event its team and more. */
export const allocationRule = pgTable(
  "allocation_rule",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    position: integer("position").notNull(),
    name: text("name").notNull().default(""),
    /** [{attribute, operator, value}]; see lib/allocation/rule.ts. */
    conditions: jsonb("conditions").notNull(),
    /** {team?, project?, environment?, workflow?, cost_center?}. */
    assign: jsonb("assign").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    retiredAt: timestamp("retired_at", { withTimezone: true }),
  },
  // The rules in force, in their order: what every collector loads.
  (t) => [index("allocation_rule_position_idx").on(t.position).where(sql`${t.retiredAt} is null`)],
);
