import type { Role, Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";

/** @throws {AppError} "forbidden" unless the viewer has one of the roles and sees every team. */
export function requireRole(viewer: Viewer, ...roles: readonly Role[]): void {
  if (!roles.includes(viewer.role)) {
    throw new AppError(because("role_needed", { roles: roles.join(" / ") }), { code: "forbidden" });
  }
  if (viewer.teams !== "all") {
    throw new AppError(because("all_teams_key"), { code: "forbidden" });
  }
}
