import { personsOf } from "#lib/access/read-scope.ts";
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

/** Whether the person of a seat may be named: as figures of persons in the seat's team. */
export function maySeePerson(viewer: Viewer, team: string | null): boolean {
  const persons = personsOf(viewer);
  if (persons === "all" || persons === "none") return persons === "all";
  return team !== null && persons.inTeams.includes(team);
}
