import type { Viewer } from "#lib/access/viewer.ts";

/** What is about every team, or about one whose money the viewer sees. */
export function seesTeam({ teams }: Pick<Viewer, "teams">, team: string | null): boolean {
  return team === null || teams === "all" || teams.includes(team);
}

/** The organisation's own charges are for those who see all money. */
export function seesCharge(
  viewer: Pick<Viewer, "teams">,
  { team }: { readonly team: string | null },
): boolean {
  return team === null ? viewer.teams === "all" : seesTeam(viewer, team);
}
