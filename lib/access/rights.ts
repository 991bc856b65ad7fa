import type { AuditActor } from "#lib/audit/actor.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import type { Role, Viewer } from "./viewer.ts";

/** Whose rights are asked: a viewer, or the command line. */
type Rights = Pick<Viewer, "role" | "teams">;

/** Who changes the organisation, by name and right. A viewer is one as it stands. */
export type Editor = AuditActor & Rights;

/** @throws {AppError} "forbidden" unless they administer the whole organisation. */
export function requireAdmin(rights: Rights): void {
  requireOne(rights, ["admin"]);
}

/** @throws {AppError} "forbidden" unless they see all money: admins and finance. */
export function requireFinance(rights: Rights): void {
  requireOne(rights, ["admin", "finance"]);
}

function requireOne({ role, teams }: Rights, roles: readonly Role[]): void {
  if (!roles.includes(role)) {
    throw new AppError(because("role_needed", { roles: roles.join(" / ") }), { code: "forbidden" });
  }
  if (teams !== "all") {
    throw new AppError(because("all_teams_key"), { code: "forbidden" });
  }
}
