import type { Fragment } from "postgres";
import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { RowSink } from "#lib/tables/row-sink.ts";
import { basisSql } from "./cost-basis-sql.ts";
import { joined, personColumn, withinTeams } from "./dimension-sql.ts";
import { COUNT_COLUMNS, type MeasuresRow, toMeasures } from "./measures.ts";
import { readOnly } from "./read-only.ts";
import type { CostBasis, Measures } from "./usage-query.ts";

/** A place in the order of sessions: the last one seen. */
export type SessionPosition = { readonly lastAt: Date; readonly session: string };

export type SessionQuery = {
  /** Sessions whose last sign of life lies in [from, to); open where left out. */
  readonly from?: Date;
  readonly to?: Date;
  readonly team?: readonly string[];
  /** Null stands for unknown. */
  readonly user?: readonly (string | null)[];
  readonly session?: readonly string[];
  readonly limit: number;
  /** Which of the four costs the measures have; left out: effective. */
  readonly costBasis?: CostBasis;
  readonly after?: SessionPosition;
};

export type SessionSummary = {
  readonly session: string;
  readonly teams: readonly string[];
  readonly users: readonly string[];
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** Of the rows that the viewer may see and the query asks for. */
  readonly measures: Measures;
};

export type SessionPage = {
  readonly sessions: readonly SessionSummary[];
  readonly next: SessionPosition | null;
};

/**
 * Sessions, the latest first. A session with several teams or people is one
 * row: it stands where the latest of its parts stands.
 */
export async function listSessions(
  sql: SqlClient,
  scope: ReadScope,
  query: SessionQuery,
): Promise<SessionPage> {
  return readOnly(sql, (tx) => readSessions(tx, scope, query));
}

/** The same for files of any length: page by page, all of one snapshot. */
export async function streamSessions(
  sql: SqlClient,
  scope: ReadScope,
  query: Omit<SessionQuery, "limit" | "after">,
  sink: RowSink<{ readonly asOf: Date }, SessionSummary>,
): Promise<void> {
  await readOnly(sql, async (tx) => {
    const [clock] = await tx<{ now: Date }[]>`select now() as now`;
    const write = await sink({ asOf: clock?.now ?? new Date() });
    let after: SessionPosition | null = null;
    do {
      const page: SessionPage = await readSessions(tx, scope, {
        ...query,
        limit: ROWS_AT_ONCE,
        ...(after && { after }),
      });
      await write(page.sessions);
      after = page.next;
    } while (after !== null);
  });
}

const ROWS_AT_ONCE = 1_000;

async function readSessions(
  tx: SqlClient,
  scope: ReadScope,
  query: SessionQuery,
): Promise<SessionPage> {
  const { from, to, after, limit } = query;
  const isRestating = await hasRestated(tx);
  const rows = await tx<SessionRow[]>`
      with latest as (
        select s.session_id, s.last_at from session s
        where ${wanted(tx, "s", scope, query)}
          and not exists (
            select 1 from session o
            where o.session_id = s.session_id and ${wanted(tx, "o", scope, query)}
              and (o.last_at, o.team, o.user_id) > (s.last_at, s.team, s.user_id))
          ${from === undefined ? tx`` : tx`and s.last_at >= ${from}`}
          ${to === undefined ? tx`` : tx`and s.last_at < ${to}`}
          ${
            after === undefined
              ? tx``
              : tx`and s.last_at <= ${after.lastAt}
                   and (s.last_at, s.session_id) < (${after.lastAt}, ${after.session})`
          }
        order by s.last_at desc, s.session_id desc
        limit ${limit + 1}
      )
      select latest.session_id, latest.last_at, parts.*
      from latest cross join lateral (
        select ${sumsOfSession(tx, scope, costIn(tx, query.costBasis))} from ${tx(isRestating ? "priced_session" : "session")} p
        where p.session_id = latest.session_id and ${wanted(tx, "p", scope, query)}
      ) parts
      order by latest.last_at desc, latest.session_id desc`;
  const sessions = rows.slice(0, limit).map(toSummary);
  const last = rows.length > limit ? sessions.at(-1) : undefined;
  return {
    sessions,
    next: last === undefined ? null : { lastAt: last.lastAt, session: last.session },
  };
}

/** The parts of sessions that are asked for and may be seen, and that anything was used in. */
function wanted(
  sql: SqlClient,
  alias: "s" | "o" | "p",
  scope: ReadScope,
  { team, user, session }: SessionQuery,
): Fragment {
  const a = sql(alias);
  const users = user?.map((name) => name ?? "");
  return sql`not (${a}.model_calls = 0 and ${a}.tool_calls = 0 and ${a}.cost = 0)
    ${withinTeams(sql, scope, sql`${a}.team`)}
    ${team === undefined ? sql`` : sql`and ${a}.team = any(${[...team]}::text[])`}
    ${users === undefined ? sql`` : sql`and coalesce(${personColumn(sql, scope, sql`${a}.user_id`, sql`${a}.team`)}, '') = any(${users}::text[])`}
    ${session === undefined ? sql`` : sql`and ${a}.session_id = any(${[...session]}::text[])`}`;
}

/** The view looks into every partition, so it is asked only while a new price is being written. */
async function hasRestated(sql: SqlClient): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`
    select exists (select from restated_price) as found`;
  return row?.found ?? false;
}

/** What a part `p` of a session cost. Of the rollups only this one knows no rate sets: the contracted cost is the ledger's. */
function costIn(sql: SqlClient, basis: CostBasis = "effective"): Fragment {
  if (basis === "list") return sql`p.list_cost`;
  if (basis !== "contracted") return sql`p.cost`;
  const contracted = basisSql(sql, basis, "u");
  return sql`(
    select coalesce(sum(${contracted.cost}), 0)
      from priced_event u join dimension_set d on d.id = u.dimension_set_id ${contracted.join}
     where u.session_id = p.session_id and u.counted and d.kind <> 'agent_run'
       and d.team = p.team and coalesce(u.user_id, '') = p.user_id)`;
}

function sumsOfSession(sql: SqlClient, scope: ReadScope, cost: Fragment): Fragment {
  const person = personColumn(sql, scope, sql`p.user_id`, sql`p.team`);
  return sql`
    min(p.first_at) as first_at,
    array_agg(distinct p.team) as teams,
    coalesce(array_agg(distinct ${person}) filter (where ${person} is not null), '{}') as users,
    ${joined(
      sql,
      COUNT_COLUMNS.map((name) => sql`sum(p.${sql(name)})::bigint as ${sql(name)}`),
      sql`,`,
    )},
    sum(${cost}) as cost, sum(p.list_cost) as list_cost`;
}

type SessionRow = MeasuresRow & {
  readonly session_id: string;
  readonly first_at: Date;
  readonly last_at: Date;
  readonly teams: string[];
  readonly users: string[];
};

function toSummary(row: SessionRow): SessionSummary {
  return {
    session: row.session_id,
    teams: row.teams,
    users: row.users,
    firstAt: row.first_at,
    lastAt: row.last_at,
    measures: toMeasures(row),
  };
}
