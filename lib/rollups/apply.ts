import type { Tx } from "#lib/db/client.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { COUNTERS } from "./contribution.ts";
import {
  type Delta,
  isNothing,
  type QualityDelta,
  type RollupDeltas,
  type SessionDelta,
} from "./deltas.ts";
import { ROLLUP_TABLES, type RollupTable } from "./rollup-tables.ts";
import { requireZone } from "./zone-guard.ts";

/**
 * Adds the deltas to the rollups. Must run in the transaction that writes the
 * rows they come from, with the ledger locked: the rollups then equal the
 * ledger at every commit. The statements are sent together and run in turn.
 *
 * @throws {ZoneChangedError} when they were added up by another zone's days.
 */
export function applyDeltas(tx: Tx, deltas: RollupDeltas): Promise<void> {
  return prepareDeltas(deltas)(tx);
}

/** The same in two steps, so that only the statements are left for when the ledger is locked. */
export function prepareDeltas(deltas: RollupDeltas): (tx: Tx) => Promise<void> {
  const upserts = ROLLUP_TABLES.map((rollup) =>
    rollup.table === "session"
      ? prepareUpsert(rollup, deltas.sessions, SIGNS_OF_LIFE)
      : prepareUpsert(rollup, deltas[rollup.table]),
  );
  return async (tx) => {
    await Promise.all([
      requireZone(tx, deltas.timeZone),
      ...upserts.map((upsert) => upsert(tx)),
      upsertQuality(tx, deltas.quality),
    ]);
  };
}

async function upsertQuality(tx: Tx, deltas: ReadonlyMap<string, QualityDelta>): Promise<void> {
  const rows = [...deltas.values()].filter((delta) => delta.rows !== 0);
  if (rows.length === 0) return;
  const part = (i: 1 | 2 | 3 | 4) => rows.map(({ key }) => key[i]);
  await tx`
    insert into quality_day as q (day, sort, name, team, dialect, rows, example_id)
    select * from unnest(${rows.map(({ key }) => new Date(key[0]).toISOString())}::text[]::timestamptz[],
                         ${part(1)}::text[], ${part(2)}::text[], ${part(3)}::text[], ${part(4)}::text[],
                         ${rows.map((delta) => delta.rows)}::int8[],
                         ${rows.map(({ exampleId }) => exampleId)}::text[]::uuid[])
        on conflict (day, sort, name, team, dialect) do update
       set rows = q.rows + excluded.rows,
           example_id = case when excluded.rows > 0 then excluded.example_id else q.example_id end`;
}

/** A session's first and last sign of life only ever move apart. */
const SIGNS_OF_LIFE: Extra<SessionDelta> = {
  columns: ["first_at", "last_at"],
  values: (delta: SessionDelta) =>
    [delta.firstAtMs, delta.lastAtMs].map((ms) => new Date(ms).toISOString()),
  set: [
    "first_at = least(r.first_at, excluded.first_at)",
    "last_at = greatest(r.last_at, excluded.last_at)",
  ],
};

type Extra<D extends Delta> = {
  readonly columns: readonly string[];
  readonly values: (delta: D) => readonly string[];
  readonly set: readonly string[];
};

function prepareUpsert<D extends Delta>(
  { table, keys }: RollupTable,
  deltas: ReadonlyMap<string, D>,
  extra?: Extra<D>,
): (tx: Tx) => Promise<void> {
  const rows = [...deltas]
    // An exchange of equal calls leaves a session's sums, but may move its first or last sign of life.
    .filter(([, delta]) => extra !== undefined || !isNothing(delta))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return async () => {};
  const list = rows.map(([, delta]) => delta);
  const columns = [
    ...keys.map(({ column, type }, i) => ({
      name: column,
      type: type as string,
      values: keyValues(list, i, type),
    })),
    ...(extra?.columns ?? []).map((name, i) => ({
      name,
      type: "timestamptz",
      values: arrayText(list.map((delta) => extra?.values(delta)[i])),
    })),
    ...COUNTERS.map((name, i) => ({
      name,
      type: "int8",
      values: arrayText(list.map(({ counters }) => counters[i])),
    })),
    {
      name: "cost",
      type: "numeric",
      values: arrayText(list.map(({ cost }) => toDecimal(cost as Usd))),
    },
    {
      name: "list_cost",
      type: "numeric",
      values: arrayText(list.map(({ listCost }) => toDecimal(listCost as Usd))),
    },
  ];
  const names = columns.map(({ name }) => name);
  const set = [
    ...[...COUNTERS, "cost", "list_cost"].map((name) => `${name} = r.${name} + excluded.${name}`),
    ...(extra?.set ?? []),
  ];
  // Table and column names are constants of this file; every value is a parameter.
  const statement = `insert into ${table} as r (${names.join(", ")})
     select * from unnest(${columns.map(({ type }, i) => `$${i + 1}::${type}[]`).join(", ")})
         on conflict (${keys.map(({ column }) => column).join(", ")}) do update set ${set.join(", ")}`;
  const values = columns.map((column) => column.values);
  return async (tx) => {
    await tx.unsafe(statement, values as never[], { prepare: true });
  };
}

function keyValues(
  deltas: readonly Delta[],
  i: number,
  type: RollupTable["keys"][number]["type"],
): unknown {
  const values = deltas.map(({ key }) => key[i]);
  if (type === "text") return values;
  if (type === "int8") return arrayText(values);
  return arrayText(values.map((ms) => new Date(Number(ms)).toISOString()));
}

/** An array as Postgres reads it, of values without anything to quote: the driver would quote each. */
function arrayText(values: readonly (string | number | bigint | undefined)[]): string {
  return `{${values.join(",")}}`;
}
