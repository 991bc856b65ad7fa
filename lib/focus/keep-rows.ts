import { gzipSync } from "node:zlib";
import type { Tx } from "#lib/db/client.ts";
import { type CivilDay, dayText } from "#lib/time/civil-day.ts";
import type { FocusRow } from "./focus-row.ts";

/** So that a part of a day of any length is read in little memory. */
const ROWS_IN_PART = 5_000;

/** Keeps a day's rows with the closing of its month. */
export async function keepRows(
  tx: Tx,
  { month, closing }: { readonly month: string; readonly closing: number },
  day: CivilDay,
  rows: readonly FocusRow[],
): Promise<void> {
  for (let [part, at] = [0, 0]; at === 0 || at < rows.length; part++, at += ROWS_IN_PART) {
    const packed = gzipSync(JSON.stringify(rows.slice(at, at + ROWS_IN_PART)));
    await tx`
      insert into closed_focus (month, closing, day, part, rows)
      values (${`${month}-01`}::date, ${closing}, ${dayText(day)}::date, ${part}, ${packed})`;
  }
}
