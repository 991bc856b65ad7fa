import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";
import { team } from "./organization.ts";

/** Somebody whose usage is paid for; whether they may sign in is another matter (`auth_user`). */
export const person = pgTable("person", {
  id: uuid("id").primaryKey().defaultRandom(),
  /** In lower case; also a name by which telemetry may know them. */
  email: text("email").notNull().unique(),
  name: text("name").notNull().default(""),
  createdAt: instant("created_at").notNull().defaultNow(),
});

/** A user id by which telemetry names a person besides their e-mail, in lower case. */
export const personAlias = pgTable(
  "person_alias",
  {
    alias: text("alias").primaryKey(),
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
  },
  (t) => [index("person_alias_person_idx").on(t.personId)],
);

/**
 * Where a person works from one date to another, dates of the organisation's
 * zone; `to` is the first day after. The spans of a person do not overlap.
 */
export const membership = pgTable(
  "membership",
  {
    personId: uuid("person_id")
      .notNull()
      .references(() => person.id, { onDelete: "cascade" }),
    from: date("valid_from", { mode: "string" }).notNull(),
    to: date("valid_to", { mode: "string" }),
    teamSlug: text("team_slug")
      .notNull()
      .references(() => team.slug),
    /** Null: the team's. */
    costCenter: text("cost_center"),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.from] }),
    check("membership_is_a_span", sql`${t.to} > ${t.from}`),
    // A team's people.
    index("membership_team_idx").on(t.teamSlug),
  ],
);

/** What telemetry and rules call a project; it belongs to a team, which gets its spend where nothing else says. */
export const project = pgTable(
  "project",
  {
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    teamSlug: text("team_slug").references(() => team.slug),
    archivedAt: instant("archived_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (t) => [index("project_team_idx").on(t.teamSlug)],
);

/** The team that a project belonged to until then. */
export const projectPast = pgTable(
  "project_past",
  {
    projectId: text("project_id")
      .notNull()
      .references(() => project.id, { onDelete: "cascade" }),
    until: instant("until").notNull(),
    teamSlug: text("team_slug"),
  },
  (t) => [primaryKey({ columns: [t.projectId, t.until] })],
);

/** What a cost centre that teams and people name is called. */
export const costCenter = pgTable("cost_center", {
  code: text("code").primaryKey(),
  name: text("name").notNull().default(""),
  owner: text("owner"),
  archivedAt: instant("archived_at"),
});

/** The cost centre that a team had until then. */
export const teamPast = pgTable(
  "team_past",
  {
    teamSlug: text("team_slug")
      .notNull()
      .references(() => team.slug, { onDelete: "cascade" }),
    until: instant("until").notNull(),
    costCenter: text("cost_center"),
  },
  (t) => [primaryKey({ columns: [t.teamSlug, t.until] })],
);

/** A change of the organisation's zone: the rollups are built anew, in the background. */
export const zoneChange = pgTable(
  "zone_change",
  {
    id: bigint("id", { mode: "bigint" }).primaryKey().generatedAlwaysAsIdentity(),
    timeZone: text("time_zone").notNull(),
    requestedAt: instant("requested_at").notNull(),
    requestedBy: text("requested_by").notNull(),
    startedAt: instant("started_at"),
    /** Days of the ledger that are added up, of all. */
    daysDone: integer("days_done").notNull().default(0),
    days: integer("days").notNull().default(0),
    finishedAt: instant("finished_at"),
  },
  // The one that waits or runs.
  (t) => [index("zone_change_open_idx").on(t.requestedAt).where(sql`${t.finishedAt} is null`)],
);
