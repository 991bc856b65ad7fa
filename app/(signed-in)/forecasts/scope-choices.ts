import { context } from "#app/_server/context.ts";
import { currentTeams } from "#app/_server/teams.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { visibleBudgets } from "#lib/budget-control/read-budgets.ts";
import { readAccuracy } from "#lib/forecasting/accuracy.ts";
import { type ForecastScope, maySeeScope, parseScope, scopeText } from "#lib/forecasting/scope.ts";

const GROUPS = ["organization", "team", "model", "agent", "budget"] as const;
export type ScopeGroup = (typeof GROUPS)[number];

/** A scope to choose, by group; names are shown as they are. */
export type ScopeChoice = {
  readonly group: ScopeGroup;
  readonly scope: string;
  readonly name: string;
};

/** What the viewer may look at: all that was fitted, and teams and budgets that were not yet. */
export async function readScopeChoices(
  viewer: Viewer,
  current: ForecastScope,
  now: number,
): Promise<ScopeChoice[]> {
  const { sql } = context();
  const [fitted, teams, budgets] = await Promise.all([
    readAccuracy(sql, viewer, null, now),
    currentTeams(),
    visibleBudgets(sql, viewer, now),
  ]);
  const names = new Map(teams.map(({ slug, name }) => [slug, name]));
  const found = new Map<string, ScopeChoice>();
  const add = (scope: ForecastScope, name: string) => {
    const group = scope.kind === "team_model" ? "team" : scope.kind;
    found.set(scopeText(scope), { group, scope: scopeText(scope), name });
  };
  if (viewer.teams === "all") add({ kind: "organization" }, "");
  for (const { slug, name } of teams) {
    const scope = { kind: "team", team: slug } as const;
    if (maySeeScope(viewer, scope)) add(scope, name);
  }
  for (const each of [...fitted.map(({ scope }) => parseScope(scope)), current]) {
    if (each.kind !== "budget") add(each, nameOf(each, names));
  }
  for (const { id, name } of budgets) add({ kind: "budget", id }, name);
  return [...found.values()].sort(
    (a, b) =>
      GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || a.name.localeCompare(b.name, "en"),
  );
}

function nameOf(scope: ForecastScope, teams: ReadonlyMap<string, string>): string {
  switch (scope.kind) {
    case "team":
      return teams.get(scope.team) ?? scope.team;
    case "team_model":
      return `${teams.get(scope.team) ?? scope.team} · ${scope.model}`;
    case "model":
      return scope.model;
    case "agent":
      return scope.agent;
    default:
      return "";
  }
}
