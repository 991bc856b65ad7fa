import type { Role, Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";

/** @throws {AppError} "forbidden" unless the viewer has one of the roles and sees every team. */
export function requireRole(viewer: Viewer, ...roles: readonly Role[]): void {
  if (!roles.includes(viewer.role)) {
    throw new AppError(`This needs the role ${roles.join(" or ")}`, { code: "forbidden" });
  }
  if (viewer.teams !== "all") {
    throw new AppError("This needs a key for all teams", { code: "forbidden" });
  }
}
