import type { SqlClient, Tx } from "#lib/db/client.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { Change, ChangeSums } from "./change.ts";
import type { HistoryFilter } from "./history-filter.ts";

export type HistoryRunKind = "reprice" | "reallocate";
/** A preview only notes what would change. */
export type HistoryRunMode = "apply" | "preview";
export type HistoryRunState = "queued" | "running" | "done" | "failed" | "cancelled";

/** The pass of a pricing run that restates what sums can tell; those after it look at rows. */
export const PASS_BY_SUMS = 0;

/** A change of history that somebody asked for, as far as it has come. */
export type HistoryRun = ChangeSums & {
  readonly id: bigint;
  readonly kind: HistoryRunKind;
  readonly mode: HistoryRunMode;
  readonly state: HistoryRunState;
  readonly from: Date;
  readonly to: Date;
  readonly filter: HistoryFilter;
  readonly requestedBy: string;
  readonly requestedAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** The totals of the preview that it was asked for with; null when there was none. */
  readonly expected: ChangeSums | null;
  readonly position: Date | null;
  readonly pass: number;
  readonly passRows: number;
  /** How many rows of the ledger were filed anew. */
  readonly rows: number;
  readonly error: string | null;
};

/** Newest first. */
export async function listRuns(
  sql: SqlClient | Tx,
  kind: HistoryRunKind,
  limit: number,
  before: bigint | null = null,
): Promise<HistoryRun[]> {
  const rows = await sql<Row[]>`
    select * from history_run
     where kind = ${kind} and (${before === null ? null : `${before}`}::int8 is null
                               or id < ${before === null ? null : `${before}`}::int8)
     order by id desc limit ${limit}`;
  return rows.map(runFrom);
}

export async function readRun(sql: SqlClient | Tx, id: bigint): Promise<HistoryRun | null> {
  const [row] = await sql<Row[]>`select * from history_run where id = ${`${id}`}::int8`;
  return row === undefined ? null : runFrom(row);
}

/** The run that is to be worked on: the oldest that has not ended. */
export async function openRun(sql: SqlClient | Tx): Promise<HistoryRun | null> {
  const [row] = await sql<Row[]>`
    select * from history_run where state in ('queued', 'running') order by id limit 1`;
  return row === undefined ? null : runFrom(row);
}

/** Whether it waits or goes on. */
export function isOpen({ state }: Pick<HistoryRun, "state">): boolean {
  return state === "queued" || state === "running";
}

/** Whether rows that a run has restated wait to be written; no figure waits for that. */
export async function hasUnwrittenRows(sql: SqlClient | Tx, id: bigint): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`
    select exists (select from restated_price where run_id = ${`${id}`}::int8) as found`;
  return row?.found ?? false;
}

/** What a run has changed so far, by day, team and model. */
export async function runChanges(sql: SqlClient | Tx, id: bigint): Promise<Change[]> {
  const rows = await sql<(Sums & ChangeKey)[]>`
    select * from history_run_change where run_id = ${`${id}`}::int8
     order by day, team, new_team, provider, model`;
  return rows.map((row) => ({
    day: row.day,
    team: row.team,
    newTeam: row.new_team,
    provider: row.provider === "" ? null : row.provider,
    model: row.model === "" ? null : row.model,
    ...sumsFrom(row),
  }));
}

/** How far a run has come through its period in its present pass, from 0 to 1. */
export function progressOf({ state, from, to, position }: HistoryRun): number {
  if (state === "done") return 1;
  if (position === null) return 0;
  return (position.getTime() - from.getTime()) / (to.getTime() - from.getTime());
}

type ChangeKey = {
  readonly day: Date;
  readonly team: string;
  readonly new_team: string;
  readonly provider: string;
  readonly model: string;
};

type Sums = {
  readonly calls: bigint;
  readonly old_cost: string;
  readonly new_cost: string;
  readonly old_list_cost: string;
  readonly new_list_cost: string;
};

type Row = Sums & {
  readonly id: bigint;
  readonly kind: HistoryRunKind;
  readonly mode: HistoryRunMode;
  readonly state: HistoryRunState;
  readonly period_from: Date;
  readonly period_to: Date;
  readonly filter: HistoryFilter;
  readonly requested_by: string;
  readonly requested_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly expected: Readonly<Record<string, string | number>> | null;
  readonly position: Date | null;
  readonly pass: number;
  readonly pass_rows: bigint;
  readonly rows: bigint;
  readonly error: string | null;
};

function runFrom(row: Row): HistoryRun {
  const { id, kind, mode, state, filter, position, pass, error } = row;
  return {
    ...{ id, kind, mode, state, filter, position, pass, error },
    from: row.period_from,
    to: row.period_to,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    expected: row.expected === null ? null : expectedFrom(row.expected),
    passRows: Number(row.pass_rows),
    rows: Number(row.rows),
    ...sumsFrom(row),
  };
}

function sumsFrom(row: Sums): ChangeSums {
  return {
    calls: Number(row.calls),
    oldCost: parseUsd(row.old_cost),
    newCost: parseUsd(row.new_cost),
    oldListCost: parseUsd(row.old_list_cost),
    newListCost: parseUsd(row.new_list_cost),
  };
}

function expectedFrom(stored: Readonly<Record<string, string | number>>): ChangeSums {
  const usd = (name: string): Usd => parseUsd(String(stored[name] ?? "0"));
  return {
    calls: Number(stored.calls ?? 0),
    oldCost: usd("old_cost"),
    newCost: usd("new_cost"),
    oldListCost: usd("old_list_cost"),
    newListCost: usd("new_list_cost"),
  };
}
