import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { Role } from "#lib/access/viewer.ts";
import { authUser } from "./auth.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/**
 * Second factors: better-auth's table (1.7), whose property names must stay.
 * The secret and the backup codes are encrypted with the installation's secret.
 */
export const authTwoFactor = pgTable(
  "auth_two_factor",
  {
    id: text("id").primaryKey(),
    secret: text("secret").notNull(),
    backupCodes: text("backup_codes").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => authUser.id, { onDelete: "cascade" }),
    verified: boolean("verified").notNull().default(true),
    failedVerificationCount: integer("failed_verification_count").notNull().default(0),
    lockedUntil: moment("locked_until"),
  },
  (t) => [index("auth_two_factor_user").on(t.userId)],
);

/**
 * Links that work once: an invitation makes a person, a reset gives one a new
 * password. Only the token's SHA-256 is kept.
 */
export const authLink = pgTable(
  "auth_link",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    tokenHash: text("token_hash").notNull().unique(),
    purpose: text("purpose", { enum: ["invitation", "reset"] }).notNull(),
    email: text("email").notNull(),
    /** Resets: whose password. */
    userId: text("user_id").references(() => authUser.id, { onDelete: "cascade" }),
    /** Invitations: what the person will be allowed. */
    role: text("role").$type<Role>(),
    teams: text("teams").array().notNull().default(sql`'{}'`),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    expiresAt: moment("expires_at").notNull(),
    /** When it was used or withdrawn. */
    endedAt: moment("ended_at"),
  },
  (t) => [index("auth_link_email").on(t.email)],
);

/** Whom a group of the directory makes somebody: a role, a member of a team, or both. */
export type GroupMapping = {
  readonly group: string;
  readonly role: Role | null;
  readonly team: string | null;
};

/** The one OpenID Connect provider people may sign in with, and what its groups mean. */
export const signInProvider = pgTable(
  "sign_in_provider",
  {
    id: smallint("id").primaryKey().default(1),
    isEnabled: boolean("is_enabled").notNull(),
    /** What the button says. */
    name: text("name").notNull(),
    issuer: text("issuer").notNull(),
    clientId: text("client_id").notNull(),
    /** Encrypted with the installation's secret. */
    sealedClientSecret: text("sealed_client_secret").notNull(),
    /** Claims whose values are looked up among the mappings' groups. */
    roleClaim: text("role_claim").notNull(),
    teamClaim: text("team_claim").notNull(),
    mappings: jsonb("mappings").$type<readonly GroupMapping[]>().notNull(),
    /** Lower case. Empty: any domain. */
    allowedDomains: text("allowed_domains").array().notNull(),
    /** Whether whoever the provider knows is let in, or only who was invited or made here. */
    createsPeople: boolean("creates_people").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (t) => [check("sign_in_provider_is_one", sql`${t.id} = 1`)],
);

/** Groups that the directory provisions through SCIM. */
export const scimGroup = pgTable("scim_group", {
  id: uuid("id").primaryKey().defaultRandom(),
  displayName: text("display_name").notNull().unique(),
  externalId: text("external_id"),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const scimMember = pgTable(
  "scim_member",
  {
    groupId: uuid("group_id")
      .notNull()
      .references(() => scimGroup.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => authUser.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.groupId, t.userId] }), index("scim_member_user").on(t.userId)],
);
