import type { Viewer } from "#lib/access/viewer.ts";
import type { Budget, Scope } from "#lib/budgets/budget.ts";
import { AppError } from "#lib/errors.ts";

/**
 * Whether a viewer sees a budget: all of its spend must be theirs to see, so a
 * budget without a team is for those who see every team, and one on a person
 * for those who may see that team's persons.
 */
export function maySee(viewer: Viewer, { scope }: Pick<Budget, "scope">): boolean {
  if (viewer.teams !== "all" && !(scope.team !== undefined && viewer.teams.includes(scope.team))) {
    return false;
  }
  if (scope.user === undefined || viewer.persons === "all") return true;
  if (viewer.persons === "none") return false;
  return scope.team !== undefined && viewer.persons.inTeams.includes(scope.team);
}

/** Admins and finance change what they see; managers the budgets of their teams. */
export function mayChange(viewer: Viewer, budget: Pick<Budget, "scope">): boolean {
  return viewer.role !== "viewer" && maySee(viewer, budget);
}

/** Who says yes to more money: not those who ask for it. */
export function mayApprove(viewer: Viewer, budget: Pick<Budget, "scope">): boolean {
  return (viewer.role === "admin" || viewer.role === "finance") && maySee(viewer, budget);
}

/** @throws {AppError} "forbidden" unless the viewer may set budgets of this scope. */
export function requireMayChange(viewer: Viewer, scope: Scope): void {
  if (mayChange(viewer, { scope })) return;
  throw new AppError("You may not set budgets of this scope", { code: "forbidden" });
}
