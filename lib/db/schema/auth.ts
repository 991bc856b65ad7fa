import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from "drizzle-orm/pg-core";
import type { Role } from "#lib/access/viewer.ts";

/**
 * People, their sessions and passwords. The columns of the first five tables
 * are better-auth's core schema (1.7), with our `role` added; their property
 * names must stay as better-auth spells them. The prefix keeps a sign-in
 * session apart from the ledger's `session`.
 */
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const authUser = pgTable("auth_user", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  role: text("role").$type<Role>().notNull().default("viewer"),
  twoFactorEnabled: boolean("two_factor_enabled").notNull().default(false),
  /** Shut out since then: no session, whatever way they try to sign in. */
  deactivatedAt: moment("deactivated_at"),
  /** Who decided that: what an admin decides, the directory does not undo. */
  shutOutBy: text("shut_out_by", { enum: ["admin", "directory"] }),
  /** The id that the directory gave them through SCIM. */
  externalId: text("external_id"),
  /** Role and teams follow the directory's groups, and are not edited here. */
  isFromDirectory: boolean("is_from_directory").notNull().default(false),
  createdAt: moment("created_at").notNull().defaultNow(),
  updatedAt: moment("updated_at").notNull().defaultNow(),
});

export const authSession = pgTable(
  "auth_session",
  {
    id: text("id").primaryKey(),
    token: text("token").notNull().unique(),
    userId: text("user_id")
      .notNull()
      .references(() => authUser.id, { onDelete: "cascade" }),
    expiresAt: moment("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    /** When whoever uses it last proved again who they are. */
    confirmedAt: moment("confirmed_at"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("auth_session_user").on(table.userId)],
);

/** How a person signs in; `password` is an Argon2id hash in PHC form. */
export const authAccount = pgTable(
  "auth_account",
  {
    id: text("id").primaryKey(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: text("user_id")
      .notNull()
      .references(() => authUser.id, { onDelete: "cascade" }),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: moment("access_token_expires_at"),
    refreshTokenExpiresAt: moment("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("auth_account_user").on(table.userId),
    unique("auth_account_identity").on(table.providerId, table.accountId),
  ],
);

export const authVerification = pgTable(
  "auth_verification",
  {
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: moment("expires_at").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    updatedAt: moment("updated_at").notNull().defaultNow(),
  },
  (table) => [index("auth_verification_identifier").on(table.identifier)],
);

/** Attempts per client and path, so that the limit holds across web processes. */
export const authRateLimit = pgTable("auth_rate_limit", {
  id: text("id").primaryKey(),
  key: text("key").notNull().unique(),
  count: integer("count").notNull(),
  /** Milliseconds since 1970. */
  lastRequest: bigint("last_request", { mode: "number" }).notNull(),
});

/**
 * The teams whose money a person may see; admins and finance see all teams and
 * need no row. A team's slug implies the teams below it.
 */
export const authUserTeam = pgTable(
  "auth_user_team",
  {
    userId: text("user_id")
      .notNull()
      .references(() => authUser.id, { onDelete: "cascade" }),
    teamSlug: text("team_slug").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.teamSlug] })],
);

/** The one-time way to the first admin. Only the token's SHA-256 is kept. */
export const authSetupToken = pgTable("auth_setup_token", {
  tokenHash: text("token_hash").primaryKey(),
  expiresAt: moment("expires_at").notNull(),
  usedAt: moment("used_at"),
  createdAt: moment("created_at").notNull().defaultNow(),
});
