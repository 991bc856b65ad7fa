import type { SqlClient, Tx } from "#lib/db/client.ts";
import { LEDGER_ROWS, LEDGER_SUMS } from "#lib/rollups/ledger-sums.ts";
import { ROLLUP_TABLES, type RollupTable } from "#lib/rollups/rollup-tables.ts";
import { SPANS_OF_TRACE } from "./agent-trace.ts";
import { fillSlots, VARIANTS } from "./fill-slots.ts";
import { TEAMS } from "./workload.ts";

export const DAYS = 60;
const DAY_MS = 86_400_000;
const TRACES_OF_SESSION = 4;
/** As many as the reference machine has cores. */
const CONNECTIONS = 2;

/**
 * Fills an empty, migrated database with about so many events of the last 60
 * days, the last of them now, and their rollups, all by SQL. One day is made
 * up; the others repeat it under ids and sessions of their own. Days run in
 * parallel, each in one transaction that also makes its partition, so that a
 * server with `wal_level=minimal` logs none of it.
 *
 * @returns how many events there are.
 */
export async function fillLedger(sql: SqlClient, events: number, nowMs: number): Promise<number> {
  await fillSlots(sql, nowMs);
  const todayMs = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const wholeDays = DAYS - 1 + (nowMs - todayMs) / DAY_MS;
  await makeModelDay(sql, Math.round(events / SPANS_OF_TRACE / wholeDays));
  const days = Array.from({ length: DAYS }, (_, i) => todayMs - i * DAY_MS);
  const fillDays = async () => {
    for (let day = days.shift(); day !== undefined; day = days.shift()) {
      const at = day;
      await sql.begin(async (tx) => {
        await tx`select set_config('work_mem', '256MB', true)`;
        await fillDay(tx, at, nowMs);
        for (const table of ROLLUP_TABLES) {
          if (table.table !== "session") await fillRollup(tx, table, at);
        }
      });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, fillDays));
  for (const table of ROLLUP_TABLES) {
    if (table.table === "session") await sql.begin((tx) => fillRollup(tx, table, null));
    await sql.unsafe(`vacuum analyze ${table.table}`);
  }
  await sql`drop table bench_day, bench_slot`;
  await sql`analyze dimension_set`;
  // Days that have passed have long been vacuumed where people use it; else autovacuum does it while answers are timed.
  await sql`vacuum analyze usage_event`;
  const [count] = await sql<{ events: bigint }[]>`select count(*) as events from usage_event`;
  return Number(count?.events ?? 0n);
}

/** The day that all others repeat: as many traces, spread evenly over a day of 1970. */
async function makeModelDay(sql: SqlClient, traces: number): Promise<void> {
  await sql`create unlogged table bench_day (like usage_event including defaults)`;
  await sql.unsafe(
    `insert into bench_day (${COLUMNS.map(([name]) => name).join(", ")})
     select ${COLUMNS.map(([, expression]) => expression).join(", ")}
       from generate_series(0, $1::int8 - 1) as n
      cross join lateral (${TRACE}) as trace
      cross join generate_series(0, ${SPANS_OF_TRACE - 1}) as p
       join bench_slot s on s.slot = trace.first_slot + p
      cross join lateral (${SPAN}) as span
      order by span.at`,
    [traces, DAY_MS / traces],
  );
}

/** Makes one day's partition, with its indexes. */
async function fillDay(tx: Tx, dayMs: number, nowMs: number): Promise<void> {
  const [from, to] = [dayMs, dayMs + DAY_MS].map((ms) => new Date(ms).toISOString());
  const table = `usage_event_${from?.slice(0, 10).replaceAll("-", "")}`;
  const names = COLUMNS.map(([name]) => name);
  await tx.unsafe(`create table ${table} (like usage_event including defaults)`);
  await tx.unsafe(
    `insert into ${table} (${names.join(", ")})
     select ${names.map((name) => OF_THE_DAY[name] ?? name).join(", ")}
       from bench_day
      cross join (select $1::int8 / ${DAY_MS} as day) as d
      cross join lateral (select $1::int8 + (extract(epoch from started_at) * 1000)::int8 as ms) as t
      where started_at < to_timestamp($2::float8 / 1000)`,
    [dayMs, Math.min(nowMs - dayMs, DAY_MS)],
  );
  await tx.unsafe(
    `alter table usage_event attach partition ${table} for values from ('${from}') to ('${to}')`,
  );
}

/** What differs from one day to the next. */
const OF_THE_DAY: Readonly<Record<string, string>> = {
  id: "(overlay(lpad(to_hex(ms), 12, '0') placing '-' from 9 for 0) || substr(id::text, 14))::uuid",
  started_at: "started_at + day * interval '1 day'",
  received_at: "received_at + day * interval '1 day'",
  trace_id: "int4send(day::int4) || substr(trace_id, 5)",
  call_key: "call_key + day",
  session_id: "session_id || '-' || day",
};

/** Whose trace number `n` is: a few teams and people have most of them; four traces make a session. */
const TRACE = `
  select md5(n::text) as hex, whose.team, whose.person, n / ${TRACES_OF_SESSION} as session,
         ((whose.team * 3 + whose.agent) * ${VARIANTS} + kind.variant) * ${SPANS_OF_TRACE} as first_slot,
         n * $2::float8 as start_ms
    from (select floor(${TEAMS.length} * power(abs(hashint8(n / ${TRACES_OF_SESSION}) % 10000) / 10000.0, 2))::int as team,
                 floor(10 * power(abs(hashint8(n / ${TRACES_OF_SESSION} + 1000000007) % 10000) / 10000.0, 2))::int as person,
                 abs(hashint8(n / ${TRACES_OF_SESSION} + 2000000011) % 3) as agent) as whose,
         (select case when h < 4 then 3 else h % 3 end as variant
            from (select abs(hashint8(n + 3000000019) % 100) as h) as dice) as kind`;

/** An event: three seconds after the one before it, within its day. */
const SPAN = `
  select at, lpad(to_hex(at::int8), 12, '0') as time_hex, hex,
         s.kind = 'model_call' as is_call,
         50 + ('x' || substr(hex, 20, 3))::bit(12)::int as fresh,
         ('x' || substr(hex, 23, 4))::bit(16)::int / 2 as cached,
         20 + ('x' || substr(hex, 27, 3))::bit(12)::int / 2 as output
    from (select least(floor(trace.start_ms) + p * 3000, ${DAY_MS - 1}) as at,
                 md5(n || ':' || p) as hex) as made`;

const UNLESS_FAILED = (expression: string) =>
  `case when span.is_call then case when s.failed then 0 else ${expression} end end`;
const COST = UNLESS_FAILED(
  "span.fresh * s.input_usd + span.cached * s.read_usd + span.output * s.output_usd",
);
const SESSION = "'conv-' || trace.session";
const USER = `'person-' || lpad((trace.team * 10 + trace.person)::text, 3, '0') || '@example.com'`;
const RESPONSE = "case when span.is_call and not s.failed then 'resp_' || span.hex end";
const TOOL_CALL = "case when s.kind = 'tool_call' then 'call_' || substr(span.hex, 1, 24) end";

const COLUMNS: readonly (readonly [name: string, expression: string])[] = [
  [
    "id",
    `(substr(span.time_hex, 1, 8) || '-' || substr(span.time_hex, 9) || '-8' || substr(span.hex, 1, 3) ||
      '-a' || substr(span.hex, 5, 3) || '-' || substr(span.hex, 8, 12))::uuid`,
  ],
  ["started_at", "to_timestamp(span.at / 1000)"],
  ["received_at", "to_timestamp(span.at / 1000 + 5)"],
  ["key_id", "'benchmark'"],
  ["dimension_set_id", "s.dimension_set_id"],
  ["rate_set_id", "s.rate_set_id"],
  ["signal", "'span'"],
  ["witness", "'call'"],
  ["family", "'service:' || s.service"],
  ["rank", "1"],
  ["counted", "true"],
  ["trace_id", "decode(trace.hex, 'hex')"],
  ["span_id", "decode(substr(span.hex, 1, 16), 'hex')"],
  ["parent_span_id", "case when p > 0 then decode(substr(md5(n || ':0'), 1, 16), 'hex') end"],
  ["response_id", RESPONSE],
  ["tool_call_id", TOOL_CALL],
  ["call_key", `hashtextextended(coalesce(${RESPONSE}, ${TOOL_CALL}), 0)`],
  ["session_id", SESSION],
  ["user_id", USER],
  ["calls", "span.is_call::int"],
  ["duration_ms", "span.fresh"],
  [
    "operation",
    "case s.kind when 'model_call' then 'chat' when 'tool_call' then 'execute_tool' else 'invoke_agent' end",
  ],
  ["model_reported", "s.model"],
  ["error_type", "case when s.failed then '429' end"],
  ["input_uncached", UNLESS_FAILED("span.fresh")],
  ["cache_read", UNLESS_FAILED("span.cached")],
  ["cache_write_5m", UNLESS_FAILED("0")],
  ["cache_write_1h", UNLESS_FAILED("0")],
  ["output", UNLESS_FAILED("span.output")],
  ["reasoning", UNLESS_FAILED("0")],
  ["cost", COST],
  ["list_cost", COST],
  ["cost_status", "case when span.is_call then 'priced' else 'not_applicable' end"],
  ["funding", "'api'"],
  ["flags", "'{}'"],
  [
    "said",
    `s.said || jsonb_build_object('identity', 'span:' || trace.hex || ':' || substr(span.hex, 1, 16),
      'identityOf', jsonb_build_object('session', ${SESSION}, 'user', ${USER}))`,
  ],
  [
    "attributes",
    `s.attributes || jsonb_build_object('gen_ai.conversation.id', ${SESSION}, 'user.id', ${USER},
      'gen_ai.response.id', ${RESPONSE})`,
  ],
];

/** The rollup of one day's rows, or of all, by the one definition of what a row adds. */
async function fillRollup(
  tx: Tx,
  { table, keys, except }: RollupTable,
  dayMs: number | null,
): Promise<void> {
  const isSession = table === "session";
  const columns = [
    ...keys.map(({ column, ofRow }) => [column, ofRow.replace("$zone", "'UTC'")] as const),
    ...LEDGER_SUMS,
    ...(isSession ? [["first_at", "min(u.started_at)"] as const] : []),
    ...(isSession ? [["last_at", "max(u.started_at)"] as const] : []),
  ];
  const within =
    dayMs === null
      ? ""
      : ` and u.started_at >= '${new Date(dayMs).toISOString()}'
          and u.started_at < '${new Date(dayMs + DAY_MS).toISOString()}'`;
  const order = keys.map((_, i) => i + 1).join(", ");
  await tx.unsafe(
    `insert into ${table} (${columns.map(([name]) => name).join(", ")})
     select ${columns.map(([, expression]) => expression).join(", ")}
       from ${LEDGER_ROWS}${within}${except === null ? "" : ` and not (${except})`}
      group by ${order} order by ${order}`,
  );
}
