import { z } from "zod";
import type { Believed } from "#lib/price-book/own-rate.ts";
import { type Column, text, time } from "#lib/tables/column.ts";
import { type CivilDay, dayText } from "#lib/time/civil-day.ts";

/** Who wrote a row down and until when it was believed. */
export const BELIEVED_COLUMNS: readonly Column<Believed>[] = [
  time("recorded_at", ({ recordedAt }) => recordedAt),
  text("recorded_by", ({ recordedBy }) => recordedBy),
  time("superseded_at", ({ supersededAt }) => supersededAt),
  text("superseded_by", ({ supersededBy }) => supersededBy),
];

/** Whether rows that are not believed any more are wanted. */
export const HISTORY = {
  history: z.enum(["true", "false"]).default("false").meta({
    description: "Also what is not believed any more",
  }),
} as const;

/** A day of the organisation's zone, as `2026-11-22`. */
export function dayColumn<Row>(name: string, of: (row: Row) => CivilDay | null): Column<Row> {
  return text(name, (row) => {
    const day = of(row);
    return day === null ? null : dayText(day);
  });
}
