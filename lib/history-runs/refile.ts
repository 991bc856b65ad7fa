import type { Tx } from "#lib/db/client.ts";
import { lastRestatingStep, settleRestated } from "#lib/ledger/restated-rows.ts";
import { LEDGER_SUMS } from "#lib/rollups/ledger-sums.ts";
import { ROLLUP_TABLES, type RollupTable } from "#lib/rollups/rollup-tables.ts";

/** Which run files rows anew, and the stretch of time that they all start in. */
export type Refiling = {
  readonly runId: bigint;
  readonly pass: number;
  readonly timeZone: string;
  readonly from: Date;
  readonly to: Date;
};

/** What of a row the rollups are made of, besides what is filed anew. */
const COPIED = [
  ...[
    "id",
    "started_at",
    "counted",
    "key_id",
    "session_id",
    "user_id",
    "calls",
    "attempt",
    "flags",
  ],
  ...["input_uncached", "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning"],
];
const FILED = ["dimension_set_id", "rate_set_id", "cost", "list_cost", "cost_status", "rule_id"];

/** The columns of `refiled`, in the order in which they are staged: the row as it is, then its new filing. */
export const STAGED_ROW = [...COPIED, ...FILED].map((name) => `u.${name}`).join(", ");

/** Makes the table of the transaction in which rows to be filed anew are staged: `STAGED_ROW`, then the new values of `FILED`. */
export async function createStage(tx: Tx): Promise<void> {
  await tx.unsafe(
    `create temp table refiled on commit drop as
     select ${STAGED_ROW}, ${FILED.map((name) => `u.${name} as new_${name}`).join(", ")}
       from usage_event u with no data`,
  );
}

/**
 * Files the staged rows anew, and the rollups with them: what the rows added is
 * taken back, what they add now is added. Their former filings are kept, and
 * what changed is noted by day, team and model. The ledger must be locked, and
 * what the new filings refer to must be there.
 *
 * @returns how many rows there were.
 */
export async function applyRefiling(tx: Tx, refiling: Refiling): Promise<number> {
  await tx`analyze refiled`;
  // Staged rows are few against what they are found in; see lockLedger.
  await tx`select set_config('enable_seqscan', 'off', true)`;
  const { runId, pass, timeZone, from, to } = refiling;
  const bounds = [from.toISOString(), to.toISOString()];
  const { count } = await tx.unsafe(
    `insert into former_filing (run_id, pass, event_id, ${FILED.join(", ")})
     select $1::int8, $2::int4, id, ${FILED.join(", ")} from refiled`,
    [`${runId}`, pass],
  );
  if (count === 0) return 0;
  await noteChanges(tx, refiling);
  const step = await lastRestatingStep(tx);
  if (step !== null)
    await settleRestated(
      tx,
      tx`v.id in (select id from refiled)
    and v.started_at >= ${from} and v.started_at < ${to}`,
    );
  for (const rollup of ROLLUP_TABLES) await takeBack(tx, rollup, timeZone);
  await moveMarks(tx, timeZone);
  await tx.unsafe(
    `update usage_event u set ${FILED.map((name) => `${name} = n.new_${name}`).join(", ")},
            filed_after_step = coalesce($3::int8, u.filed_after_step)
       from refiled n
      where u.started_at = n.started_at and u.id = n.id
        and u.started_at >= $1::timestamptz and u.started_at < $2::timestamptz`,
    [...bounds, step === null ? null : `${step}`],
  );
  for (const rollup of ROLLUP_TABLES) await add(tx, rollup, timeZone);
  return count;
}

/** Notes what the staged rows change, by day, team and model. @returns how many rows there are. */
export async function noteChanges(
  tx: Tx,
  { runId, timeZone }: Pick<Refiling, "runId" | "timeZone">,
): Promise<number> {
  await tx.unsafe(NOTE_CHANGES, [`${runId}`, timeZone]);
  const [staged] = await tx<{ rows: bigint }[]>`select count(*) as rows from refiled`;
  return Number(staged?.rows ?? 0n);
}

/** As run totals are the sums of these rows, a day's are, too. */
const NOTE_CHANGES = `
  insert into history_run_change as c
         (run_id, day, team, new_team, provider, model, calls, rows,
          old_cost, new_cost, old_list_cost, new_list_cost)
  select $1::int8, date_trunc('day', u.started_at, $2::text), d.team, n.team,
         coalesce(d.provider, ''), coalesce(d.model, ''),
         sum(case when d.kind = 'model_call' then u.calls else 0 end), count(*),
         coalesce(sum(u.cost), 0), coalesce(sum(u.new_cost), 0),
         coalesce(sum(u.list_cost), 0), coalesce(sum(u.new_list_cost), 0)
    from refiled u
    join dimension_set d on d.id = u.dimension_set_id
    join dimension_set n on n.id = u.new_dimension_set_id
   group by 2, 3, 4, 5, 6
      on conflict (run_id, day, team, new_team, provider, model) do update
     set calls = c.calls + excluded.calls, rows = c.rows + excluded.rows,
         old_cost = c.old_cost + excluded.old_cost, new_cost = c.new_cost + excluded.new_cost,
         old_list_cost = c.old_list_cost + excluded.old_list_cost,
         new_list_cost = c.new_list_cost + excluded.new_list_cost`;

const AS_FILED = "refiled u";
const AS_FILED_ANEW = `(select ${COPIED.join(", ")}, ${FILED.map((name) => `new_${name} as ${name}`).join(", ")}
                          from refiled) u`;
const MEASURES = LEDGER_SUMS.map(([name]) => name);

/** The sums of staged rows by the key of a rollup. */
function sumsOf({ table, keys, except }: RollupTable, rows: string): string {
  const columns = [
    ...keys.map(({ column, ofRow }) => `${ofRow.replace("$zone", "$1::text")} as ${column}`),
    ...(table === "session"
      ? ["min(u.started_at) as first_at", "max(u.started_at) as last_at"]
      : []),
    ...LEDGER_SUMS.map(([name, sum]) => `${sum} as ${name}`),
  ];
  return `select ${columns.join(", ")}
            from ${rows} join dimension_set d on d.id = u.dimension_set_id
           where $1::text is not null and u.counted and d.kind <> 'agent_run'
             ${except === null ? "" : `and not (${except})`}
           group by ${keys.map((_, i) => i + 1).join(", ")}`;
}

/** Rows of a rollup of which nothing would be left go. */
async function takeBack(tx: Tx, rollup: RollupTable, timeZone: string): Promise<void> {
  const isOfKey = rollup.keys.map(({ column }) => `r.${column} = s.${column}`).join(" and ");
  const isAll = MEASURES.map((name) => `r.${name} = s.${name}`).join(" and ");
  await tx.unsafe(
    `with s as materialized (${sumsOf(rollup, AS_FILED)}),
          gone as (delete from ${rollup.table} r using s where ${isOfKey} and ${isAll})
     update ${rollup.table} r set ${MEASURES.map((name) => `${name} = r.${name} - s.${name}`).join(", ")}
       from s where ${isOfKey} and not (${isAll})`,
    [timeZone],
  );
}

async function add(tx: Tx, rollup: RollupTable, timeZone: string): Promise<void> {
  const keys = rollup.keys.map(({ column }) => column);
  const life = rollup.table === "session" ? ["first_at", "last_at"] : [];
  const set = [
    ...MEASURES.map((name) => `${name} = r.${name} + excluded.${name}`),
    ...life.map(
      (name, i) => `${name} = ${i === 0 ? "least" : "greatest"}(r.${name}, excluded.${name})`,
    ),
  ];
  await tx.unsafe(
    `insert into ${rollup.table} as r (${[...keys, ...life, ...MEASURES].join(", ")})
     ${sumsOf(rollup, AS_FILED_ANEW)}
     order by ${keys.map((_, i) => i + 1).join(", ")}
         on conflict (${keys.join(", ")}) do update set ${set.join(", ")}`,
    [timeZone],
  );
}

/** Rows with a mark, and rows of no team, are noted by team (see lib/rollups/quality-sums.ts). */
async function moveMarks(tx: Tx, timeZone: string): Promise<void> {
  await tx.unsafe(
    `insert into quality_day as q (day, sort, name, team, dialect, rows, example_id)
     select date_trunc('day', u.started_at, $1::text), mark.sort, mark.name, mark.team, d.dialect,
            sum(mark.rows), max(u.id::text)::uuid
       from refiled u
       join dimension_set d on d.id = u.dimension_set_id
       join dimension_set n on n.id = u.new_dimension_set_id
      cross join lateral (
            select 'flag' as sort, flag as name, side.team, side.rows
              from unnest(u.flags) flag, (values (d.team, -1), (n.team, 1)) as side (team, rows)
            union all
            select 'unallocated', coalesce(u.key_id, ''), side.team, side.rows
              from (values (d.team, -1), (n.team, 1)) as side (team, rows)
             where side.team = 'unallocated' and d.kind <> 'agent_run'
      ) as mark
      where d.team <> n.team
      group by 1, 2, 3, 4, 5
     having sum(mark.rows) <> 0
         on conflict (day, sort, name, team, dialect) do update set rows = q.rows + excluded.rows`,
    [timeZone],
  );
}
