import type { Tx } from "#lib/db/client.ts";
import { LEDGER_ROWS, LEDGER_SUMS } from "./ledger-sums.ts";
import { QUALITY_SUMS } from "./quality-sums.ts";
import { ROLLUP_TABLES, type RollupTable } from "./rollup-tables.ts";

/** Told after each day of the ledger that is added up. */
export type Progress = (done: number, days: number) => Promise<void>;

/**
 * Builds all rollups that know of days anew from the ledger, by the days of a
 * zone. The ledger must be locked, and the caller's transaction must set the
 * zone. Deletes rather than truncates, so pages go on to read the former rows
 * until the commit.
 */
export async function rebuildRollups(tx: Tx, timeZone: string, progress: Progress): Promise<void> {
  // Whoever locks the ledger looks up single rows; this reads all of them.
  await tx`select set_config('enable_seqscan', 'on', true)`;
  const tables = ROLLUP_TABLES.filter(({ keys }) =>
    keys.some(({ type }) => type === "timestamptz"),
  );
  for (const { table } of tables) await tx.unsafe(`delete from ${table}`);
  await tx`delete from quality_day`;
  const days = await ledgerDays(tx);
  for (const [index, day] of days.entries()) {
    for (const rollup of tables) {
      await tx.unsafe(sumDay(rollup), [timeZone, day]);
    }
    await progress(index + 1, days.length);
  }
  await tx.unsafe(
    `insert into quality_day (day, sort, name, team, dialect, rows, example_id) ${QUALITY_SUMS}`,
    [timeZone],
  );
}

/** The UTC days of the ledger, as dates. A table that is not cut by days is one day without bounds. */
async function ledgerDays(tx: Tx): Promise<string[]> {
  const rows = await tx<{ day: string }[]>`
    select to_char(date_trunc('day', started_at, 'UTC') at time zone 'UTC', 'YYYY-MM-DD') as day
      from usage_event group by 1 order by 1`;
  return rows.map(({ day }) => day);
}

/** Days of the zone lie across days of UTC, so what is there is added to. */
function sumDay({ table, keys, except }: RollupTable): string {
  const columns = keys.map(({ column }) => column);
  const sums = LEDGER_SUMS.map(([name]) => name);
  return `
    insert into ${table} as r (${[...columns, ...sums].join(", ")})
    select ${keys.map(({ ofRow }) => ofRow.replace("$zone", "$1::text")).join(", ")},
           ${LEDGER_SUMS.map(([, sum]) => sum).join(", ")}
      from ${LEDGER_ROWS}
       and u.started_at >= ($2::date::timestamp at time zone 'UTC')
       and u.started_at < (($2::date + 1)::timestamp at time zone 'UTC')
       ${except === null ? "" : `and not (${except})`}
     group by ${keys.map((_, index) => index + 1).join(", ")}
        on conflict (${columns.join(", ")}) do update
       set ${sums.map((name) => `${name} = r.${name} + excluded.${name}`).join(", ")}`;
}
