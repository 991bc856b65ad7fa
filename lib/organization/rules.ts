import { requireFinance } from "#lib/access/rights.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import type { AllocationRule, Assignment, Condition } from "#lib/allocation/rule.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";

/** A version of a rule as it is kept. */
export type RuleVersion = Pick<AllocationRule, "id" | "conditions" | "assign"> & {
  /** The rule whose version it is. */
  readonly lineage: string;
  readonly position: number;
  readonly name: string;
  readonly ofTeam: string | null;
  readonly effectiveFrom: Date | null;
  readonly effectiveTo: Date | null;
  readonly change: "created" | "edited" | "moved";
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  /** Not null: nothing of its time is left. */
  readonly retiredAt: Date | null;
};

/** The rules that hold now or later, in the order in which they are asked. For admins and finance. */
export async function listRules(
  sql: SqlClient,
  viewer: Viewer,
  now: Date,
): Promise<readonly RuleVersion[]> {
  requireFinance(viewer);
  return (await versionsInOrder(sql)).filter((version) => isAhead(version, now));
}

/** Every version that ever was, the newest first. For admins and finance. */
export async function listRuleVersions(
  sql: SqlClient,
  viewer: Viewer,
  { lineage, limit }: { readonly lineage?: string; readonly limit: number },
): Promise<readonly RuleVersion[]> {
  requireFinance(viewer);
  const rows = await sql<Row[]>`
    select ${columns(sql)} from allocation_rule
     where ${lineage ?? null}::uuid is null or lineage = ${lineage ?? null}::uuid
     order by created_at desc, position desc limit ${limit}`;
  return rows.map(versionOf);
}

/** The versions that may be asked for events of some time, in their order. */
export async function versionsInOrder(sql: SqlClient | Tx): Promise<readonly RuleVersion[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from allocation_rule
     where retired_at is null order by position, created_at, id`;
  return rows.map(versionOf);
}

/** Whether events that start now or later may be taken by it. */
export function isAhead({ effectiveTo }: RuleVersion, now: Date): boolean {
  return effectiveTo === null || effectiveTo > now;
}

type Row = {
  readonly id: string;
  readonly lineage: string;
  readonly position: number;
  readonly name: string;
  readonly conditions: readonly Condition[];
  readonly assign: Assignment;
  readonly of_team: string | null;
  readonly effective_from: Date | null;
  readonly effective_to: Date | null;
  readonly change: RuleVersion["change"];
  readonly created_at: Date;
  readonly created_by: string;
  readonly ended_at: Date | null;
  readonly ended_by: string | null;
  readonly retired_at: Date | null;
};

function columns(sql: SqlClient | Tx) {
  return sql`id, lineage, position, name, conditions, assign, of_team, effective_from,
             effective_to, change, created_at, created_by, ended_at, ended_by, retired_at`;
}

function versionOf(row: Row): RuleVersion {
  const { id, lineage, position, name, conditions, assign, change } = row;
  return {
    ...{ id, lineage, position, name, conditions, assign, change },
    ofTeam: row.of_team,
    effectiveFrom: row.effective_from,
    effectiveTo: row.effective_to,
    createdAt: row.created_at,
    createdBy: row.created_by,
    endedAt: row.ended_at,
    endedBy: row.ended_by,
    retiredAt: row.retired_at,
  };
}
