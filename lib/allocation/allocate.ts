import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { type AllocationRule, type AttributeOf, ruleTakes } from "./rule.ts";

/** A team as allocation sees it: its slug, and the names that telemetry may call it by. */
export type AllocatableTeam = {
  readonly slug: string;
  readonly name: string;
  readonly costCenter: string | null;
};

/** Everything that decides who gets the spend, as it stands at one time. */
export type AllocationPlan = {
  readonly rules: readonly AllocationRule[];
  readonly teams: readonly AllocatableTeam[];
};

export type Allocation = {
  readonly team: string;
  readonly project: string | null;
  readonly environment: string | null;
  readonly workflow: string | null;
  readonly costCenter: string | null;
  /** The rule that took the event; null when an attribute, the key or nothing did. */
  readonly ruleId: string | null;
  /** A team that telemetry names and nobody has created yet; the ledger creates it with the event. */
  readonly newTeam: { readonly slug: string; readonly name: string } | null;
};

/** What one event shows of itself. */
export type Allocatable = {
  readonly attributeOf: AttributeOf;
  readonly project: string | undefined;
  readonly environment: string | undefined;
  readonly workflow: string | undefined;
  /** The team of the key that the event came with. */
  readonly keyTeam: string | null;
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

const COST_CENTER_ATTRIBUTES = ["cost_center", "cost.center", "cost_centre"];

/** Telemetry may name new teams, but not fill the database with them. */
const MOST_TEAMS = 2_000;

/**
 * Gives an event its team, project, environment, workflow and cost centre
 * (FinOps: allocation). The first rule whose conditions hold comes first; then
 * an attribute that says "team"; then one that is the name of a team; then the
 * cost centre of a team; then the team of the key; else the spend is
 * `unallocated`.
 *
 * A team that telemetry names and that does not exist is made: whoever sets
 * `team.id=payments` on an agent expects to find `payments`.
 */
export function createAllocator(plan: AllocationPlan): (event: Allocatable) => Allocation {
  const teamOf = createTeamFinder(plan.teams);
  const costCenterOf = new Map(plan.teams.map(({ slug, costCenter }) => [slug, costCenter]));
  return (event) => {
    const rule = plan.rules.find((candidate) => ruleTakes(candidate, event.attributeOf));
    const costCenter = firstOf(COST_CENTER_ATTRIBUTES, event.attributeOf);
    const { team, newTeam } = teamOf(event, rule?.assign.team, costCenter);
    return {
      team,
      project: rule?.assign.project ?? event.project ?? null,
      environment: rule?.assign.environment ?? event.environment ?? null,
      workflow: rule?.assign.workflow ?? event.workflow ?? null,
      costCenter: rule?.assign.cost_center ?? costCenter ?? costCenterOf.get(team) ?? null,
      ruleId: rule?.id ?? null,
      newTeam,
    };
  };
}

type Found = Pick<Allocation, "team" | "newTeam">;

function createTeamFinder(teams: AllocationPlan["teams"]) {
  const known = new Map<string, string>();
  const byCostCenter = new Map<string, string>();
  for (const { slug, name, costCenter } of teams) {
    known.set(name.toLowerCase(), slug);
    if (costCenter !== null) byCostCenter.set(costCenter.toLowerCase(), slug);
  }
  for (const { slug } of teams) known.set(slug, slug);
  const find = (name: string | null | undefined) => known.get(name?.toLowerCase() ?? "");
  const added = new Set<string>();
  const add = (name: string): Found | null => {
    const slug = teamSlug(name);
    if (slug === null) return null;
    if (teams.length + added.size < MOST_TEAMS) added.add(slug);
    return added.has(slug) ? { team: slug, newTeam: { slug, name } } : null;
  };

  return (event: Allocatable, ruled: string | undefined, costCenter: string | undefined): Found => {
    const named = firstOf(TEAM_ATTRIBUTES, event.attributeOf) ?? "";
    const stated = find(ruled) ?? find(named) ?? find(teamSlug(named));
    const made = stated === undefined ? add(named) : null;
    if (made !== null) return made;
    const maybe = MAYBE_TEAM_ATTRIBUTES.map(event.attributeOf).find((name) => find(name));
    const team =
      stated ??
      find(maybe) ??
      byCostCenter.get(costCenter?.toLowerCase() ?? "") ??
      find(event.keyTeam);
    return { team: team ?? UNALLOCATED, newTeam: null };
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

function firstOf(attributes: readonly string[], attributeOf: AttributeOf): string | undefined {
  for (const attribute of attributes) {
    const value = attributeOf(attribute);
    if (value !== undefined && value !== "") return value;
  }
  return undefined;
}
