import { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { firstScope, maySeeScope, parseScope, requireScope, scopeText } from "./scope.ts";
import { WhatIfInput } from "./what-if.ts";

export const ScenarioInput = z.strictObject({
  name: z.string().trim().min(1).max(200),
  question: WhatIfInput,
});
export type ScenarioInput = z.output<typeof ScenarioInput>;

/** A question under a name; it is asked anew whenever it is opened. */
export type Scenario = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly question: WhatIfInput;
  readonly createdAt: Date;
  readonly createdBy: string;
};

type Row = {
  readonly id: string;
  readonly name: string;
  readonly scope: string;
  readonly question: WhatIfInput;
  readonly created_at: Date;
  readonly created_by: string;
};

/** The scenarios of scopes that the viewer may see, by name. */
export async function listScenarios(sql: SqlClient, viewer: Viewer): Promise<Scenario[]> {
  const rows = await sql<Row[]>`
    select id, name, scope, question, created_at, created_by from forecast_scenario
     where archived_at is null order by name, id limit 1000`;
  return rows.filter(({ scope }) => maySeeScope(viewer, parseScope(scope))).map(scenarioOf);
}

/** @throws {AppError} "not_found" for a scope that is not the viewer's, "forbidden" for viewers */
export async function saveScenario(
  sql: SqlClient,
  viewer: Viewer,
  { name, question }: ScenarioInput,
  now: Date,
): Promise<Scenario> {
  requireMaySave(viewer);
  const scope = question.scope === undefined ? firstScope(viewer) : parseScope(question.scope);
  requireScope(viewer, scope);
  const text = scopeText(scope);
  const kept = { ...question, scope: text };
  return sql.begin(async (tx) => {
    const [row] = await tx<Row[]>`
      insert into forecast_scenario (name, scope, question, created_at, created_by)
      values (${name}, ${text}, ${JSON.stringify(kept)}::text::jsonb, ${now}, ${viewer.label})
      returning id, name, scope, question, created_at, created_by`;
    if (row === undefined) throw new Error("a scenario that was not stored");
    await recordAudit(tx, {
      actor: viewer,
      action: "forecast_scenario.created",
      target: { kind: "forecast_scenario", id: row.id },
      after: { name, question: kept },
    });
    return scenarioOf(row);
  });
}

/** @throws {AppError} "not_found", "forbidden" for viewers */
export async function archiveScenario(
  sql: SqlClient,
  viewer: Viewer,
  id: string,
  now: Date,
): Promise<void> {
  requireMaySave(viewer);
  await sql.begin(async (tx) => {
    const [row] = await tx<{ name: string; scope: string }[]>`
      select name, scope from forecast_scenario
       where id::text = ${id.toLowerCase()} and archived_at is null for update`;
    if (row === undefined || !maySeeScope(viewer, parseScope(row.scope))) {
      throw new AppError("There is no such scenario", { code: "not_found" });
    }
    await tx`update forecast_scenario set archived_at = ${now} where id::text = ${id.toLowerCase()}`;
    await recordAudit(tx, {
      actor: viewer,
      action: "forecast_scenario.archived",
      target: { kind: "forecast_scenario", id: id.toLowerCase() },
      before: { name: row.name, scope: row.scope },
    });
  });
}

function requireMaySave({ role }: Viewer): void {
  if (role !== "viewer") return;
  throw new AppError("Viewers may ask, not save", { code: "forbidden" });
}

function scenarioOf({ created_at, created_by, ...row }: Row): Scenario {
  return { ...row, createdAt: created_at, createdBy: created_by };
}
