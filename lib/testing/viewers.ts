import type { TeamScope, Viewer } from "#lib/access/viewer.ts";

/** Somebody who sees all teams, or some of them; an admin unless told otherwise. */
export function testViewer(role: Viewer["role"] = "admin", teams: TeamScope = "all"): Viewer {
  return { kind: "user", id: "u", label: "Ana", role, teams, persons: "all", isFresh: true };
}
