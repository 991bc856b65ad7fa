import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns.ts";

/**
 * A file that somebody asked the worker for. Whose file it is stands in
 * `asked_by_*`; what they may see is looked up when it is written, and again
 * when it is fetched.
 */
export const exportJob = pgTable(
  "export_job",
  {
    id: uuid("id").primaryKey(),
    /** `ExportRequest` of lib/exports. */
    request: jsonb("request").notNull(),
    askedByKind: text("asked_by_kind", { enum: ["user", "key"] }).notNull(),
    askedById: text("asked_by_id").notNull(),
    askedByLabel: text("asked_by_label").notNull(),
    askedAt: instant("asked_at").notNull(),
    state: text("state", {
      enum: ["queued", "running", "done", "failed", "cancelled", "expired"],
    })
      .notNull()
      .default("queued"),
    /** Counts the times it was begun: a file is of one of them alone. */
    attempt: integer("attempt").notNull().default(0),
    rowsDone: bigint("rows_done", { mode: "number" }).notNull().default(0),
    /** Null until it is known. */
    rowsTotal: bigint("rows_total", { mode: "number" }),
    /** Who writes it says so again before then; else another worker begins anew. */
    leasedUntil: instant("leased_until"),
    finishedAt: instant("finished_at"),
    expiresAt: instant("expires_at"),
    /** The teams that its figures are of: "all" or slugs. */
    teams: jsonb("teams"),
    mediaType: text("media_type"),
    /** `ControlTotals` of lib/exports, once it is whole. */
    control: jsonb("control"),
    /** Why there is none, in words for who asked. */
    error: text("error"),
  },
  (t) => [
    index("export_job_open_idx").on(t.askedAt).where(sql`${t.state} in ('queued', 'running')`),
    index("export_job_asked_by_idx").on(t.askedByKind, t.askedById, t.askedAt),
  ],
);

/** The file in pieces of one size (lib/exports/jobs/pieces.ts), so that every web process has it. */
export const exportPiece = pgTable(
  "export_piece",
  {
    jobId: uuid("job_id")
      .notNull()
      .references(() => exportJob.id, { onDelete: "cascade" }),
    attempt: integer("attempt").notNull(),
    number: integer("number").notNull(),
    bytes: bytes("bytes").notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.attempt, t.number] })],
);
