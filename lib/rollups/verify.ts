import type { SqlClient } from "#lib/db/client.ts";
import { LEDGER_ROWS, LEDGER_SUMS } from "./ledger-sums.ts";
import { ROLLUP_TABLES, type RollupTable } from "./rollup-tables.ts";
import { verifyQuality } from "./verify-quality.ts";

/** A figure of a rollup that is not what the ledger adds up to. */
export type Drift = {
  readonly table: string;
  /** The row's key, as text. */
  readonly key: Readonly<Record<string, string>>;
  readonly measure: string;
  readonly rollup: string;
  readonly ledger: string;
};

/** Whole days of the organisation's zone, from inclusive, to exclusive; null for no bound. */
export type Period = { readonly from: Date | null; readonly to: Date | null };

const MOST_ROWS = 100;

/**
 * Adds up the ledger and compares every rollup row with it, in one snapshot.
 * Returns at most a hundred differences; none means that every figure on every
 * page is the sum of its rows.
 */
export async function verifyRollups(sql: SqlClient, period: Period): Promise<Drift[]> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    const [organization] = await tx<{ time_zone: string }[]>`select time_zone from organization`;
    const timeZone = organization?.time_zone ?? "UTC";
    const drifts: Drift[] = [];
    for (const table of ROLLUP_TABLES) {
      const rows = await tx.unsafe<Row[]>(comparison(table, period), [
        organization?.time_zone ?? "UTC",
        ...(timeKeyOf(table) === undefined ? [] : bounds(period)),
      ]);
      drifts.push(...rows.flatMap((row) => driftsOf(table, row)));
    }
    drifts.push(...(await verifyQuality(tx, timeZone)));
    return drifts.slice(0, MOST_ROWS);
  });
}

type Row = {
  readonly key: Record<string, string>;
  readonly rollup: Sums | null;
  readonly ledger: Sums | null;
};
type Sums = Readonly<Record<string, string>>;

function bounds({ from, to }: Period): string[] {
  return [from, to].flatMap((at) => (at === null ? [] : [at.toISOString()]));
}

/** A session spans periods, so its rows are compared whole or not at all. */
function comparison(rollup: RollupTable, period: Period): string {
  const { table, keys, except } = rollup;
  const timeKey = timeKeyOf(rollup);
  const within = (column: string) => {
    if (timeKey === undefined) return [];
    const conditions: string[] = [];
    if (period.from !== null) conditions.push(`${column} >= $2::timestamptz`);
    if (period.to !== null)
      conditions.push(`${column} < $${period.from === null ? 2 : 3}::timestamptz`);
    return conditions;
  };
  const names = keys.map(({ column }) => column);
  const measures = LEDGER_SUMS.map(([name]) => name);
  const where = [...(except === null ? [] : [`not (${except})`]), ...within("u.started_at")];
  const texts = (alias: string) =>
    `jsonb_build_object(${measures.map((name) => `'${name}', trim_scale(${alias}.${name}::numeric)::text`).join(", ")})`;
  return `
    with ledger as (
      select ${keys.map(({ column, ofRow }) => `${ofRow.replace("$zone", "$1::text")} as ${column}`).join(", ")},
             ${LEDGER_SUMS.map(([name, sum]) => `${sum} as ${name}`).join(", ")}
        from ${LEDGER_ROWS}${where.map((condition) => ` and ${condition}`).join("")}
       group by ${keys.map((_, i) => i + 1).join(", ")}
    ), rollup as (
      select * from ${table === "session" ? "priced_session" : table} where $1::text is not null${within(
        timeKey?.column ?? "",
      )
        .map((condition) => ` and ${condition}`)
        .join("")}
    )
    select jsonb_build_object(${names.map((name) => `'${name}', coalesce(r.${name}, l.${name})::text`).join(", ")}) as key,
           case when r.${names[0]} is null then null else ${texts("r")} end as rollup,
           case when l.${names[0]} is null then null else ${texts("l")} end as ledger
      from rollup r full join ledger l on ${names.map((name) => `r.${name} = l.${name}`).join(" and ")}
     where ${measures.map((name) => `coalesce(r.${name}, 0) <> coalesce(l.${name}, 0)`).join(" or ")}
     limit ${MOST_ROWS}`;
}

function timeKeyOf({ keys }: RollupTable) {
  return keys.find(({ type }) => type === "timestamptz");
}

function driftsOf({ table }: RollupTable, { key, rollup, ledger }: Row): Drift[] {
  return LEDGER_SUMS.flatMap(([measure]) => {
    const [have, want] = [rollup?.[measure] ?? "0", ledger?.[measure] ?? "0"];
    return have === want ? [] : [{ table, key, measure, rollup: have, ledger: want }];
  });
}
