import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";

/** Endpoints are settings, and tell of every team's money. @throws {AppError} "forbidden" for all but admins. */
export function requireAdmin({ role, teams }: Viewer): void {
  if (role === "admin" && teams === "all") return;
  throw new AppError("This needs the role admin, for all teams", { code: "forbidden" });
}
