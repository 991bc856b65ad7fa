import type { Fragment } from "postgres";
import { type ReadScope, teamsOf } from "#lib/access/read-scope.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { type Anomaly, type AnomalyRow, type AnomalyState, toAnomaly } from "./anomaly.ts";

export type AnomalyPosition = { readonly startsAt: Date; readonly id: string };

export type AnomalyQuery = {
  readonly states?: readonly AnomalyState[] | undefined;
  readonly kind?: string | undefined;
  readonly team?: string | undefined;
  /** Those that lie at least partly in [from, to); open where left out. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly notable?: boolean | undefined;
  readonly limit: number;
  readonly after?: AnomalyPosition | undefined;
};

/** Teams see an anomaly of several teams only where it is at least this part theirs. */
const LEAST_PART = "0.05";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Anomalies that a viewer may see, the latest first; of others' only their own teams' part. */
export async function listAnomalies(
  sql: SqlClient,
  scope: ReadScope,
  query: AnomalyQuery,
): Promise<{ readonly anomalies: readonly Anomaly[]; readonly next: AnomalyPosition | null }> {
  const { states, kind, team, from, to, notable, limit, after } = query;
  const rows = await sql<AnomalyRow[]>`
    select a.* ${ownColumns(sql, scope)} from anomaly a ${ownParts(sql, scope)}
     where true
       ${states === undefined ? sql`` : sql`and a.state = any(${[...states]}::text[])`}
       ${kind === undefined ? sql`` : sql`and a.kind = ${kind}`}
       ${team === undefined ? sql`` : sql`and exists (select from anomaly_part t where t.anomaly_id = a.id and t.team = ${team})`}
       ${from === undefined ? sql`` : sql`and a.ends_at > ${from}`}
       ${to === undefined ? sql`` : sql`and a.starts_at < ${to}`}
       ${notable === undefined ? sql`` : sql`and a.is_notable = ${notable}`}
       ${after === undefined ? sql`` : sql`and (a.starts_at, a.id) < (${after.startsAt}, ${after.id}::uuid)`}
     order by a.starts_at desc, a.id desc limit ${limit + 1}`;
  const anomalies = rows.slice(0, limit).map(toAnomaly);
  const last = rows.length > limit ? anomalies.at(-1) : undefined;
  return { anomalies, next: last === undefined ? null : { startsAt: last.startsAt, id: last.id } };
}

/** @throws {AppError} "not_found" for what is not there or not the viewer's. */
export async function readAnomaly(
  sql: SqlClient | Tx,
  scope: ReadScope,
  id: string,
): Promise<Anomaly> {
  const [row] = UUID.test(id)
    ? await sql<AnomalyRow[]>`
        select a.* ${ownColumns(sql, scope)} from anomaly a ${ownParts(sql, scope)}
         where a.id = ${id}`
    : [];
  if (row === undefined) throw new AppError(because("no_anomaly"), { code: "not_found" });
  return toAnomaly(row);
}

function ownColumns(sql: SqlClient | Tx, scope: ReadScope): Fragment {
  if (teamsOf(scope) === "all") return sql``;
  return sql`, own.expected as own_expected, own.actual as own_actual,
    own.teams as own_teams, own.is_part`;
}

function ownParts(sql: SqlClient | Tx, scope: ReadScope): Fragment {
  const teams = teamsOf(scope);
  if (teams === "all") return sql``;
  return sql`
    join lateral (
      select sum(p.expected) filter (where p.team = any(${[...teams]}::text[])) as expected,
             sum(p.actual) filter (where p.team = any(${[...teams]}::text[])) as actual,
             array_agg(p.team) filter (where p.team = any(${[...teams]}::text[])) as teams,
             bool_or(not p.team = any(${[...teams]}::text[])) as is_part
        from anomaly_part p where p.anomaly_id = a.id) own
      on own.teams is not null
     and (not own.is_part
          or abs(own.actual - own.expected) >= ${LEAST_PART}::numeric * abs(a.impact))`;
}
