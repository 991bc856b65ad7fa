import type { Viewer } from "./viewer.ts";

/**
 * Whose figures a read model may show: hand over the viewer itself. "all" is
 * for what the product does without one (jobs, the command line).
 */
export type ReadScope = "all" | Pick<Viewer, "teams" | "persons">;

/** The teams that may be seen. */
export function teamsOf(scope: ReadScope): Viewer["teams"] {
  return scope === "all" ? "all" : scope.teams;
}

/** Whose figures may be shown person by person. */
export function personsOf(scope: ReadScope): Viewer["persons"] {
  return scope === "all" ? "all" : scope.persons;
}
