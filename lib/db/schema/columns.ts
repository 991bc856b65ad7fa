import { customType, text, timestamp } from "drizzle-orm/pg-core";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";

/** Exact dollars, 18 decimals. The driver hands numeric over as text, so no double is ever involved. */
export const usd = customType<{ data: Usd; driverData: string }>({
  dataType: () => "numeric(38, 18)",
  fromDriver: parseUsd,
  toDriver: toDecimal,
});

/** Raw bytes, for example a trace id. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => "bytea",
});

/** A moment, stored in UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true });

/** When somebody wrote it down, and until when it was believed. Rows are never edited otherwise. */
export const believed = () => ({
  recordedAt: instant("recorded_at").notNull().defaultNow(),
  recordedBy: text("recorded_by").notNull(),
  supersededAt: instant("superseded_at"),
  supersededBy: text("superseded_by"),
});
