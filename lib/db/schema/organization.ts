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

/** Who must have a second factor; each includes the ones before it. */
export const SECOND_FACTOR_FOR = ["nobody", "admins", "finance", "everybody"] as const;

export const FISCAL_PATTERNS = ["months", "4-4-5", "4-5-4", "5-4-4"] as const;

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
    /** Whom a password alone does not let in (lib/auth/second-factor-rule.ts). */
    secondFactorFor: text("second_factor_for", { enum: SECOND_FACTOR_FOR })
      .notNull()
      .default("nobody"),
    /** How long entries of the audit log are kept; null: forever. */
    auditRetentionDays: integer("audit_retention_days"),
    /** 1 to 12: the month in which the organisation's year begins. */
    fiscalYearStartMonth: smallint("fiscal_year_start_month").notNull().default(1),
    /** `months`: months as they are; else how many weeks the months of a quarter have (lib/time/fiscal.ts). */
    fiscalPattern: text("fiscal_pattern", { enum: FISCAL_PATTERNS }).notNull().default("months"),
    /** 1 (Monday) to 7: the day on which weeks of the fiscal year begin. */
    fiscalWeekStart: smallint("fiscal_week_start").notNull().default(1),
    /** True while the sample organisation of `outlay demo` is loaded. */
    hasSampleData: boolean("has_sample_data").notNull().default(false),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (t) => [
    check("organization_is_one", sql`${t.id} = 1`),
    check("organization_fiscal_month", sql`${t.fiscalYearStartMonth} between 1 and 12`),
    check("organization_audit_retention", sql`${t.auditRetentionDays} between 90 and 36500`),
    check("organization_fiscal_week", sql`${t.fiscalWeekStart} between 1 and 7`),
  ],
);

/** Whom spend is given to. The slug is the name in figures, files and rules, and never changes. */
export const team = pgTable("team", {
  slug: text("slug").primaryKey(),
  name: text("name").notNull(),
  costCenter: text("cost_center"),
  parentSlug: text("parent_slug"),
  /** E-mails of those who answer for the team's spend. */
  owners: text("owners").array().notNull().default(sql`'{}'`),
  /** What started since then is not given to the team any more. */
  archivedAt: timestamp("archived_at", { withTimezone: true }),
  /** The team that gets what would fall to this one and started at `mergedAt` or later. */
  mergedInto: text("merged_into"),
  mergedAt: timestamp("merged_at", { withTimezone: true }),
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
  /** The person who was shown the secret; an API key ends with their access. */
  issuedTo: text("issued_to"),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  expiresAt: timestamp("expires_at", { withTimezone: true }),
  /** The secret before the last rotation, which works until `previousUntil`. */
  previousHash: bytes("previous_hash").unique(),
  previousUntil: timestamp("previous_until", { withTimezone: true }),
  rotatedAt: timestamp("rotated_at", { withTimezone: true }),
  revokedAt: timestamp("revoked_at", { withTimezone: true }),
  lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
});

/**
 * Versions of allocation rules. Ordered: the first version in force at an
 * event's start whose conditions all hold gives it its team and more. What a
 * version says never changes, because receipts show it; an edit, a move or an
 * end cuts it short and adds another of the same lineage.
 */
export const allocationRule = pgTable(
  "allocation_rule",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** The rule whose version this is: the id of its first version. */
    lineage: uuid("lineage").notNull().defaultRandom(),
    position: integer("position").notNull(),
    name: text("name").notNull().default(""),
    /** [{attribute, operator, value}]; see lib/allocation/rule.ts. */
    conditions: jsonb("conditions").notNull(),
    /** {team?, project?, environment?, workflow?, cost_center?}. */
    assign: jsonb("assign").notNull(),
    /** Asked only for what would otherwise fall to this team: a part of its split. */
    ofTeam: text("of_team"),
    /** In force for events that start in [from, to); null for no bound. */
    effectiveFrom: timestamp("effective_from", { withTimezone: true }),
    effectiveTo: timestamp("effective_to", { withTimezone: true }),
    /** What made this version. */
    change: text("change", { enum: ["created", "edited", "moved"] })
      .notNull()
      .default("created"),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
    createdBy: text("created_by").notNull().default(""),
    /** When and by whom the version was cut short. */
    endedAt: timestamp("ended_at", { withTimezone: true }),
    endedBy: text("ended_by"),
    /** Set when nothing of its time is left: it is not asked for any event. */
    retiredAt: timestamp("retired_at", { withTimezone: true }),
  },
  (t) => [
    // Those that may be asked, in their order: what every collector loads.
    index("allocation_rule_position_idx").on(t.position).where(sql`${t.retiredAt} is null`),
    index("allocation_rule_lineage_idx").on(t.lineage),
  ],
);
