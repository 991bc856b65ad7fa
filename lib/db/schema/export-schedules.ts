import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns.ts";

/** An export that is made and delivered again and again, with the rights of its owner. */
export const exportSchedule = pgTable(
  "export_schedule",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    name: text("name").notNull(),
    /** What file: an `ExportRequest` without its period. */
    request: jsonb("request").notNull(),
    cadence: text("cadence", { enum: ["weekly", "monthly"] }).notNull(),
    /** 1 (Monday) to 7, or the day of the month; months without it take their last. */
    day: integer("day").notNull(),
    /** Of the organisation's clock. */
    hour: integer("hour").notNull(),
    destination: text("destination", { enum: ["directory", "s3", "webhook"] }).notNull(),
    /** Where to, without what is secret. */
    settings: jsonb("settings").notNull(),
    /** The keys of a storage, sealed with OUTLAY_SECRET; null for the others. */
    sealedKeys: bytes("sealed_keys"),
    ownerKind: text("owner_kind", { enum: ["user", "key"] }).notNull(),
    ownerId: text("owner_id").notNull(),
    ownerLabel: text("owner_label").notNull(),
    pausedAt: instant("paused_at"),
    pausedBecause: text("paused_because", { enum: ["by_hand", "owner"] }),
    /** In words, where it stopped by itself. */
    pausedReason: text("paused_reason"),
    /** All due times up to here have their run. */
    plannedUntil: instant("planned_until").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    changedAt: instant("changed_at").notNull().defaultNow(),
  },
  (t) => [
    check("export_schedule_has_a_name", sql`${t.name} <> ''`),
    check(
      "export_schedule_has_a_time",
      sql`${t.hour} between 0 and 23 and ${t.day} between 1 and (case ${t.cadence} when 'weekly' then 7 else 31 end)`,
    ),
  ],
);

/** One file on its way: of a due time, or asked for by hand. Its row is its log. */
export const exportRun = pgTable(
  "export_run",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    seq: bigint("seq", { mode: "bigint" }).notNull().unique().generatedAlwaysAsIdentity(),
    scheduleId: uuid("schedule_id")
      .notNull()
      .references(() => exportSchedule.id, { onDelete: "cascade" }),
    /** `test`: a few bytes that are taken away again. */
    kind: text("kind", { enum: ["due", "asked", "test"] }).notNull(),
    dueAt: instant("due_at").notNull(),
    /** The week or month that the file is of. */
    periodFrom: instant("period_from").notNull(),
    periodTo: instant("period_to").notNull(),
    status: text("status", { enum: ["pending", "delivered", "failed"] })
      .notNull()
      .default("pending"),
    /** Counted when one begins, so that one that kills its worker counts too. */
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at").notNull(),
    /** A worker is at it until then; after that it was killed. */
    leasedUntil: instant("leased_until"),
    leasedBy: uuid("leased_by"),
    finishedAt: instant("finished_at"),
    /** Of the last attempt that failed. */
    lastError: text("last_error"),
    fileName: text("file_name"),
    mediaType: text("media_type"),
    /** Where it lies. */
    location: text("location"),
    rows: bigint("rows", { mode: "number" }),
    bytes: bigint("bytes", { mode: "number" }),
    sha256: text("sha256"),
    /** The sidecar, word for word. */
    control: jsonb("control"),
    /** Of a webhook: what says how its delivery went. */
    eventId: uuid("event_id"),
  },
  (t) => [
    unique("export_run_once").on(t.scheduleId, t.dueAt),
    index("export_run_due_idx").on(t.nextAttemptAt).where(sql`${t.status} = 'pending'`),
    // A schedule's log, newest first.
    index("export_run_log_idx").on(t.scheduleId, t.seq),
  ],
);

/** The file of a run whose receiver fetches it by a link, in pieces. */
export const exportRunPiece = pgTable(
  "export_run_piece",
  {
    runId: uuid("run_id")
      .notNull()
      .references(() => exportRun.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    piece: bytes("piece").notNull(),
  },
  (t) => [primaryKey({ columns: [t.runId, t.number] })],
);
