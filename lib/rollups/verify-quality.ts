import type { Tx } from "#lib/db/client.ts";
import { QUALITY_SUMS } from "./quality-sums.ts";
import type { Drift } from "./verify.ts";

type Row = {
  readonly key: Record<string, string>;
  readonly rollup: string | null;
  readonly ledger: string | null;
};

/** Compares the rollup of rows to know about (`quality_day`) with the ledger, whole. */
export async function verifyQuality(tx: Tx, timeZone: string): Promise<Drift[]> {
  const rows = await tx.unsafe<Row[]>(
    `with ledger as (${QUALITY_SUMS})
     select jsonb_build_object('day', day::text, 'sort', sort, 'name', name, 'team', team, 'dialect', dialect) as key,
            q.rows::text as rollup, l.rows::text as ledger
       from quality_day q full join ledger l using (day, sort, name, team, dialect)
      where coalesce(q.rows, 0) <> coalesce(l.rows, 0)
      limit 100`,
    [timeZone],
  );
  return rows.map(({ key, rollup, ledger }) => ({
    table: "quality_day",
    key,
    measure: "rows",
    rollup: rollup ?? "0",
    ledger: ledger ?? "0",
  }));
}
