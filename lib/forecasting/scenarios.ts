import { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { firstScope, maySeeScope, parseScope, requireScope, scopeText } from "./scope.ts";
import { WhatIfInput } from "./what-if.ts";

export const ScenarioInput = z.strictObject({
  name: z.string().trim().min(1).max(200),
  question: WhatIfInput,
  /** With everybody who may see the scope; otherwise it is one's own. */
  shared: z.boolean().default(false),
});
export type ScenarioInput = z.output<typeof ScenarioInput>;

/** A question under a name; it is asked anew whenever it is opened. */
export type Scenario = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly question: WhatIfInput;
  readonly isShared: boolean;
  readonly isOwn: boolean;
  readonly createdAt: Date;
  readonly createdBy: string;
};

type Row = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly question: WhatIfInput;
  readonly owner_id: string;
  readonly is_shared: boolean;
  readonly created_at: Date;
  readonly created_by: string;
};

const MOST_SCENARIOS = 200;

/** The viewer's own scenarios and those that are shared, of scopes that they may see, by name. */
export async function listScenarios(sql: SqlClient, viewer: Viewer): Promise<Scenario[]> {
  const rows = await sql<Row[]>`
    select ${columns(sql)} from forecast_scenario
     where archived_at is null and (is_shared or owner_id = ${viewer.id})
     order by name, id limit 1000`;
  return rows
    .filter(({ scope }) => maySeeScope(viewer, parseScope(scope)))
    .map((row) => scenarioOf(row, viewer));
}

/**
 * @throws {AppError} "not_found" for a scope that is not the viewer's, "forbidden"
 *   for viewers, "conflict" when the viewer has 200 already
 */
export async function saveScenario(
  sql: SqlClient,
  viewer: Viewer,
  { name, question, shared }: ScenarioInput,
  now: Date,
): Promise<Scenario> {
  requireMaySave(viewer);
  const scope = question.scope === undefined ? firstScope(viewer) : parseScope(question.scope);
  requireScope(viewer, scope);
  const text = scopeText(scope);
  const kept = { ...question, scope: text };
  return sql.begin(async (tx) => {
    const [counted] = await tx<{ own: number }[]>`
      select count(*)::int as own from forecast_scenario
       where owner_id = ${viewer.id} and archived_at is null`;
    if ((counted?.own ?? 0) >= MOST_SCENARIOS) {
      throw new AppError(because("many_scenarios", { most: MOST_SCENARIOS }), { code: "conflict" });
    }
    const [row] = await tx<Row[]>`
      insert into forecast_scenario (name, scope, question, owner_id, is_shared, created_at,
                                     created_by)
      values (${name}, ${text}, ${JSON.stringify(kept)}::text::jsonb, ${viewer.id}, ${shared},
              ${now}, ${viewer.label})
      returning ${columns(tx)}`;
    if (row === undefined) throw new Error("a scenario that was not stored");
    await recordAudit(tx, {
      actor: viewer,
      action: "forecast_scenario.created",
      target: { kind: "forecast_scenario", id: row.id },
      after: { name, question: kept, shared },
    });
    return scenarioOf(row, viewer);
  });
}

/** @throws {AppError} "not_found" unless it is one's own, or shared and one is an admin; "forbidden" for viewers */
export async function archiveScenario(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<void> {
  requireMaySave(viewer);
  await sql.begin(async (tx) => {
    const [row] = await tx<{ name: string; scope: string }[]>`
      update forecast_scenario set archived_at = ${now}
       where id::text = ${id.toLowerCase()} and archived_at is null
         and (owner_id = ${viewer.id} or (is_shared and ${viewer.role === "admin"}))
      returning name, scope`;
    if (row === undefined) throw new AppError(because("no_scenario"), { code: "not_found" });
    await recordAudit(tx, {
      actor: viewer,
      action: "forecast_scenario.archived",
      target: { kind: "forecast_scenario", id: id.toLowerCase() },
      before: { name: row.name, scope: row.scope },
    });
  });
}

function columns(sql: SqlClient | Tx) {
  return sql`id, name, scope, question, owner_id, is_shared, created_at, created_by`;
}

function requireMaySave({ role }: Viewer): void {
  if (role !== "viewer") return;
  throw new AppError(because("viewers_save"), { code: "forbidden" });
}

function scenarioOf(row: Row, viewer: Viewer): Scenario {
  const { id, name, scope, question } = row;
  return {
    ...{ id, name, scope, question },
    isShared: row.is_shared,
    isOwn: row.owner_id === viewer.id,
    createdAt: row.created_at,
    createdBy: row.created_by,
  };
}
