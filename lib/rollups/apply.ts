import type { Tx } from "#lib/db/client.ts";
import { toDecimal, type Usd } from "#lib/money/money.ts";
import { COUNTERS } from "./contribution.ts";
import { type Delta, isNothing, type RollupDeltas, type SessionDelta } from "./deltas.ts";

type KeyType = "timestamptz" | "int8" | "text";
type Rollup = { readonly table: string; readonly keys: readonly (readonly [string, KeyType])[] };

const HOUR: Rollup = {
  table: "usage_hour",
  keys: [["hour", "timestamptz"], ["dimension_set_id", "int8"], ["rate_set_id", "int8"]],
};
const DAY: Rollup = {
  table: "usage_day",
  keys: [["day", "timestamptz"], ["dimension_set_id", "int8"], ["rate_set_id", "int8"]],
};
const DAY_USER: Rollup = {
  table: "usage_day_user",
  keys: [
    ["day", "timestamptz"],
    ["user_id", "text"],
    ["dimension_set_id", "int8"],
    ["rate_set_id", "int8"],
  ],
};
const SESSION: Rollup = {
  table: "session",
  keys: [["session_id", "text"], ["team", "text"], ["user_id", "text"]],
};

/**
 * Adds the deltas to the rollups. Must run in the transaction that writes the
 * rows they come from: the rollups then equal the ledger at every commit.
 * Tables and keys are always written in the same order, which is what keeps
 * concurrent collectors from deadlocking.
 */
export async function applyDeltas(tx: Tx, deltas: RollupDeltas): Promise<void> {
  await upsert(tx, HOUR, deltas.hours);
  await upsert(tx, DAY, deltas.days);
  await upsert(tx, DAY_USER, deltas.dayUsers);
  await upsert(tx, SESSION, deltas.sessions, {
    columns: ["first_at", "last_at"],
    values: (delta: SessionDelta) => [delta.firstAtMs, delta.lastAtMs].map((ms) => new Date(ms).toISOString()),
    set: ["first_at = least(r.first_at, excluded.first_at)", "last_at = greatest(r.last_at, excluded.last_at)"],
  });
}

type Extra<D extends Delta> = {
  readonly columns: readonly string[];
  readonly values: (delta: D) => readonly string[];
  readonly set: readonly string[];
};

async function upsert<D extends Delta>(
  tx: Tx,
  { table, keys }: Rollup,
  deltas: ReadonlyMap<string, D>,
  extra?: Extra<D>,
): Promise<void> {
  const rows = [...deltas].filter(([, delta]) => !isNothing(delta)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return;
  const list = rows.map(([, delta]) => delta);
  const columns = [
    ...keys.map(([name, type], i) => ({ name, type: type as string, values: list.map(({ key }) => keyValue(key[i], type)) })),
    ...(extra?.columns ?? []).map((name, i) => ({ name, type: "timestamptz", values: list.map((delta) => extra?.values(delta)[i]) })),
    ...COUNTERS.map((name, i) => ({ name, type: "int8", values: list.map(({ counters }) => `${counters[i]}`) })),
    { name: "cost", type: "numeric", values: list.map(({ cost }) => toDecimal(cost as Usd)) },
    { name: "list_cost", type: "numeric", values: list.map(({ listCost }) => toDecimal(listCost as Usd)) },
  ];
  const names = columns.map(({ name }) => name);
  const set = [
    ...[...COUNTERS, "cost", "list_cost"].map((name) => `${name} = r.${name} + excluded.${name}`),
    ...(extra?.set ?? []),
  ];
  // Table and column names are constants of this file; every value is a parameter.
  await tx.unsafe(
    `insert into ${table} as r (${names.join(", ")})
     select * from unnest(${columns.map(({ type }, i) => `$${i + 1}::${type}[]`).join(", ")})
         on conflict (${keys.map(([name]) => name).join(", ")}) do update set ${set.join(", ")}`,
    columns.map(({ values }) => values) as never[],
    { prepare: true },
  );
}

function keyValue(value: string | number | bigint | undefined, type: KeyType): unknown {
  if (type === "timestamptz") return new Date(Number(value)).toISOString();
  return type === "int8" ? `${value}` : value;
}
