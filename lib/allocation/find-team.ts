import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import type { Allocatable, Allocation, AllocationPlan } from "./allocate.ts";
import { type AllocatableTeam, asOf, findWork, isOpenAt, type WorkSpan } from "./organization.ts";
import type { AttributeOf } from "./rule.ts";

/** What gave an event its team. */
export type Because = "rule" | "attribute" | "project" | "key" | "person" | "nothing";

export type FoundTeam = Pick<Allocation, "team" | "newTeam"> & {
  readonly because: Because;
  /** The place of work that gave the team; null unless `because` is "person". */
  readonly work: WorkSpan | null;
};

/** What is known of an event when its team is sought. */
type Given = {
  readonly event: Allocatable;
  /** The team that a rule gives. */
  readonly ruled: string | undefined;
  readonly project: string | null;
  readonly costCenter: string | undefined;
};

/** Attributes that say "team" (DIALECTS 0.3), most trusted first: a gateway's own knowledge wins. */
const TEAM_ATTRIBUTES = [
  "metadata.user_api_key_team_alias",
  "metadata.user_api_key_team_id",
  "team.id",
  "team",
  "team.name",
  "traceloop.association.properties.team",
  "ai.telemetry.metadata.team",
  "ai.telemetry.metadata.teamId",
  "ai.settings.context.team",
  "ai.settings.context.teamId",
  "langsmith.metadata.team",
  "mastra.metadata.team",
  "mastra.metadata.teamId",
  "metadata.team",
];

/** Attributes that may be a team's name, where such a team exists. */
const MAYBE_TEAM_ATTRIBUTES = ["department", "service.namespace"];

/** Telemetry may name new teams, but not fill the database with them. */
const MOST_TEAMS = 2_000;

/**
 * Finds the team of events, before splits and merges: the first of the rule's
 * team, an attribute that says "team", one that is the name of a team, the
 * cost centre of a team, the team of the project, that of the key, and the one
 * in which the person worked then. Each is passed over where it names a team
 * that was archived when the event started.
 */
export function createTeamFinder(plan: AllocationPlan): (given: Given) => FoundTeam {
  const teams = findOpenTeams(plan.teams);
  const nameTeam = createTeamNamer(teams, plan.teams);
  const teamOfProject = findTeamOfProject(plan.projects ?? []);
  const workOf = findWork(plan.people ?? []);

  return (given) => {
    const { event, ruled, project } = given;
    const atMs = event.startedAtMs;
    const team = teams.open(ruled, atMs);
    if (team !== undefined) return found(team, "rule");
    const named = nameTeam(given);
    if (named !== null) return named;
    const ofProject = teams.open(teamOfProject(project, atMs), atMs);
    if (ofProject !== undefined) return found(ofProject, "project");
    const ofKey = teams.open(event.keyTeam, atMs);
    if (ofKey !== undefined) return found(ofKey, "key");
    const work = workOf(event.user, atMs);
    const ofPerson = teams.open(work?.team, atMs);
    if (work === undefined || ofPerson === undefined) return found(UNALLOCATED, "nothing");
    return { ...found(ofPerson, "person"), work };
  };
}

function found(team: string, because: Because): FoundTeam {
  return { team, because, newTeam: null, work: null };
}

/** The team that the telemetry names, be it one that nobody has made yet; null when it names none. */
function createTeamNamer(
  teams: OpenTeams,
  all: AllocationPlan["teams"],
): (given: Given) => FoundTeam | null {
  const add = createTeamAdder(all.length);
  const byCostCenter = teamsByCostCenter(all);
  return ({ event: { attributeOf, startedAtMs }, costCenter }) => {
    const open = (name: string | null | undefined) => teams.open(name, startedAtMs);
    const named = firstOf(TEAM_ATTRIBUTES, attributeOf) ?? "";
    const stated = teams.find(named) ?? teams.find(teamSlug(named));
    const newTeam = stated === undefined ? add(named) : null;
    if (newTeam !== null) return { ...found(newTeam.slug, "attribute"), newTeam };
    const team =
      open(stated) ??
      open(MAYBE_TEAM_ATTRIBUTES.map(attributeOf).find((name) => open(name))) ??
      open(byCostCenter.get(costCenter?.toLowerCase() ?? ""));
    return team === undefined ? null : found(team, "attribute");
  };
}

/** A name as a slug: lower case, at most 63 of a–z, 0–9, dot, dash and underscore; null when nothing is left. */
export function teamSlug(name: string): string | null {
  const slug = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replace(/^[-._]+/, "")
    .slice(0, 63)
    .replace(/[-._]+$/, "");
  return slug === "" ? null : slug;
}

/** The value of the first attribute that holds any. */
export function firstOf(attributes: readonly string[], attributeOf: AttributeOf) {
  for (const attribute of attributes) {
    const value = attributeOf(attribute);
    if (value !== undefined && value !== "") return value;
  }
  return undefined;
}

type OpenTeams = {
  readonly find: (name: string | null) => string | undefined;
  /** Only a team that was open at the instant. */
  readonly open: (name: string | null | undefined, atMs: number) => string | undefined;
};

/** By slug or name; a slug comes before a name, and a team in use before one that is gone. */
function findOpenTeams(teams: AllocationPlan["teams"]): OpenTeams {
  const bySlug = new Map(teams.map((team) => [team.slug, team]));
  const byName = new Map<string, AllocatableTeam>();
  for (const isInUse of [false, true]) {
    for (const team of teams) {
      if (isOpenAt(team, Number.MAX_VALUE) === isInUse) byName.set(team.name.toLowerCase(), team);
    }
  }
  const find = (name: string | null | undefined) => {
    const key = name?.toLowerCase() ?? "";
    return bySlug.get(key) ?? byName.get(key);
  };
  return {
    find: (name) => find(name)?.slug,
    open: (name, atMs) => {
      const team = find(name);
      return team !== undefined && isOpenAt(team, atMs) ? team.slug : undefined;
    },
  };
}

function createTeamAdder(existing: number): (name: string) => Allocation["newTeam"] {
  const added = new Set<string>();
  return (name) => {
    const slug = teamSlug(name);
    if (slug === null) return null;
    if (existing + added.size < MOST_TEAMS) added.add(slug);
    return added.has(slug) ? { slug, name } : null;
  };
}

/** Where several teams in use have one cost centre, it is the first of them by slug. */
function teamsByCostCenter(teams: AllocationPlan["teams"]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { slug, costCenter, archivedFromMs } of teams) {
    if (costCenter === null || (archivedFromMs ?? null) !== null) continue;
    const code = costCenter.toLowerCase();
    const other = found.get(code);
    if (other === undefined || slug < other) found.set(code, slug);
  }
  return found;
}

function findTeamOfProject(projects: NonNullable<AllocationPlan["projects"]>) {
  const byId = new Map(projects.map((project) => [project.id.toLowerCase(), project]));
  return (id: string | null, atMs: number): string | null => {
    const project = id === null ? undefined : byId.get(id.toLowerCase());
    if (project === undefined) return null;
    if (atMs >= (project.archivedFromMs ?? Number.POSITIVE_INFINITY)) return null;
    return asOf(project.team, project.teamsBefore, atMs);
  };
}
