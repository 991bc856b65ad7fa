import { AppError } from "#lib/errors.ts";
import type { Role, Viewer } from "./viewer.ts";

/** @throws {AppError} "forbidden" unless the viewer administers the whole organisation. */
export function requireAdmin(viewer: Viewer): void {
  requireOne(viewer, ["admin"]);
}

/** @throws {AppError} "forbidden" unless the viewer sees all money: admins and finance. */
export function requireFinance(viewer: Viewer): void {
  requireOne(viewer, ["admin", "finance"]);
}

function requireOne({ role, teams }: Viewer, roles: readonly Role[]): void {
  if (!roles.includes(role)) {
    throw new AppError(`This needs the role ${roles.join(" or ")}`, { code: "forbidden" });
  }
  if (teams !== "all") {
    throw new AppError("This needs a key for all teams", { code: "forbidden" });
  }
}
