import { sql } from "drizzle-orm";
import {
  bigint,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { usd } from "./columns.ts";

const instant = (name: string) => timestamp(name, { withTimezone: true });

/** The codes that finance's books use for what Outlay calls otherwise; docs/statements.md says which wins. */
export const glCode = pgTable(
  "gl_code",
  {
    /** What the value is one of: a line, a provider, a team, a cost center; or the account on the other side. */
    dimension: text("dimension", {
      enum: ["line", "provider", "team", "cost_center", "offset"],
    }).notNull(),
    value: text("value").notNull(),
    code: text("code").notNull(),
  },
  (t) => [primaryKey({ columns: [t.dimension, t.value] })],
);

/** A provider's invoice or export that is held against a month. */
export const reconciliation = pgTable(
  "reconciliation",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    /** The first day of the month. */
    month: date("month", { mode: "string" }).notNull(),
    source: text("source").notNull(),
    fileName: text("file_name").notNull(),
    /** SHA-256 of the file: the same one is not told twice. */
    fileHash: text("file_hash").notNull(),
    /** Rows of the file that were of other months or other services. */
    passedOver: integer("passed_over").notNull(),
    /** Of a file without amounts, which Outlay priced: tokens that have no price. Null: the amounts are the file's. */
    unpricedTokens: bigint("unpriced_tokens", { mode: "bigint" }),
    createdAt: instant("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    acceptedAt: instant("accepted_at"),
    acceptedBy: text("accepted_by"),
    acceptedNote: text("accepted_note"),
    /** The comparison as it was accepted; amounts are decimal strings. */
    accepted: jsonb("accepted"),
    /** The entries of the journal that the gap was booked as. */
    booking: uuid("booking"),
    /** The invoices of the month that it takes the place of. */
    replaces: uuid("replaces").array().notNull().default(sql`'{}'`),
    /** Those that it is a further part to. */
    addedTo: uuid("added_to").array().notNull().default(sql`'{}'`),
    withdrawnAt: instant("withdrawn_at"),
    withdrawnBy: text("withdrawn_by"),
    withdrawnNote: text("withdrawn_note"),
  },
  (t) => [
    uniqueIndex("reconciliation_file_unique")
      .on(t.month, t.fileHash)
      .where(sql`withdrawn_at is null`),
  ],
);

/** What an invoice says, summed by provider, model, day, token class and kind. */
export const reconciliationLine = pgTable(
  "reconciliation_line",
  {
    reconciliationId: uuid("reconciliation_id")
      .notNull()
      .references(() => reconciliation.id, { onDelete: "cascade" }),
    line: integer("line").notNull(),
    kind: text("kind", { enum: ["usage", "subscription", "tax", "credit", "fee"] }).notNull(),
    provider: text("provider").notNull(),
    /** Null where the invoice does not say it. */
    model: text("model"),
    day: date("day", { mode: "string" }),
    tokenClass: text("token_class"),
    amount: usd("amount").notNull(),
    tokens: bigint("tokens", { mode: "bigint" }),
    /** How many rows of the file it sums up: each may be rounded. */
    rows: integer("rows").notNull(),
  },
  (t) => [primaryKey({ columns: [t.reconciliationId, t.line] })],
);
