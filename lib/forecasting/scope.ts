import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";

/** What is forecast: spend of the whole, of one team (those below it not included), of a model, … */
export type ForecastScope =
  | { readonly kind: "organization" }
  | { readonly kind: "team"; readonly team: string }
  | { readonly kind: "model"; readonly model: string }
  | { readonly kind: "agent"; readonly agent: string }
  | { readonly kind: "team_model"; readonly team: string; readonly model: string }
  | { readonly kind: "budget"; readonly id: string };

const LONGEST = 600;

/**
 * Reads `organization`, `team:payments`, `model:gpt-5.5`, `agent:reviewer`,
 * `team:payments/model:gpt-5.5` or `budget:ID`.
 *
 * @throws {AppError} "invalid" on anything else.
 */
export function parseScope(text: string): ForecastScope {
  const scope = text.length <= LONGEST ? (teamScope(text) ?? otherScope(text)) : null;
  if (scope !== null) return scope;
  throw new AppError(
    "scope must be organization, team:SLUG, model:NAME, agent:NAME, team:SLUG/model:NAME or budget:ID",
    { code: "invalid" },
  );
}

function teamScope(text: string): ForecastScope | null {
  const [, team, model] = /^team:([^/]+)(?:\/model:(.+))?$/s.exec(text) ?? [];
  if (team === undefined) return null;
  return model === undefined ? { kind: "team", team } : { kind: "team_model", team, model };
}

function otherScope(text: string): ForecastScope | null {
  if (text === "organization") return { kind: "organization" };
  const [, kind, name = ""] = /^(model|agent|budget):(.+)$/s.exec(text) ?? [];
  if (kind === "model") return { kind, model: name };
  if (kind === "agent") return { kind, agent: name };
  if (kind !== "budget" || !/^[0-9a-f-]{36}$/i.test(name)) return null;
  return { kind, id: name.toLowerCase() };
}

export function scopeText(scope: ForecastScope): string {
  switch (scope.kind) {
    case "organization":
      return "organization";
    case "team":
      return `team:${scope.team}`;
    case "model":
      return `model:${scope.model}`;
    case "agent":
      return `agent:${scope.agent}`;
    case "team_model":
      return `team:${scope.team}/model:${scope.model}`;
    case "budget":
      return `budget:${scope.id}`;
  }
}

/** Whether all spend of the scope is the viewer's to see. Budgets have a rule of their own (budget-access.ts). */
export function maySeeScope(viewer: Pick<Viewer, "teams">, scope: ForecastScope): boolean {
  if (viewer.teams === "all") return true;
  if (scope.kind === "team" || scope.kind === "team_model") {
    return viewer.teams.includes(scope.team);
  }
  return false;
}

/** @throws {AppError} "not_found" for what the viewer may not see, as for what does not exist. */
export function requireScope(viewer: Pick<Viewer, "teams">, scope: ForecastScope): void {
  if (maySeeScope(viewer, scope)) return;
  throw new AppError("There is no such scope", { code: "not_found" });
}

/** The scope that a viewer's page begins with. */
export function firstScope(viewer: Pick<Viewer, "teams">): ForecastScope {
  if (viewer.teams === "all") return { kind: "organization" };
  return { kind: "team", team: viewer.teams[0] ?? "unallocated" };
}
