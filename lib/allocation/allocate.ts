import { type AllocationRule, type AttributeOf, ruleTakes } from "./rule.ts";

/** The team of spend that nothing gives to a team. */
export const UNALLOCATED = "unallocated";

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

/** Attributes that name a team or cost centre by themselves (DIALECTS 0.3), most trusted first. */
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
  "metadata.team",
  "department",
];

const COST_CENTER_ATTRIBUTES = ["cost_center", "cost.center", "cost_centre"];

/**
 * Gives an event its team, project, environment, workflow and cost centre
 * (FinOps: allocation). The first rule whose conditions hold comes first; then
 * an attribute that names a team; then the cost centre of a team; then the
 * team of the key; else the spend is `unallocated`.
 *
 * An attribute counts only when a team of that slug or name exists: telemetry
 * comes from outside and must not make up teams.
 */
export function createAllocator(plan: AllocationPlan): (event: Allocatable) => Allocation {
  const bySlugOrName = new Map<string, AllocatableTeam>();
  const byCostCenter = new Map<string, AllocatableTeam>();
  for (const team of plan.teams) {
    for (const name of [team.name, team.slug]) bySlugOrName.set(name.toLowerCase(), team);
    if (team.costCenter !== null) byCostCenter.set(team.costCenter.toLowerCase(), team);
  }
  const teamNamed = (name: string | undefined): AllocatableTeam | undefined =>
    name === undefined ? undefined : bySlugOrName.get(name.toLowerCase());

  return (event) => {
    const rule = plan.rules.find((candidate) => ruleTakes(candidate, event.attributeOf));
    const said = firstOf(COST_CENTER_ATTRIBUTES, event.attributeOf);
    const team =
      teamNamed(rule?.assign.team) ??
      firstTeam(event.attributeOf, teamNamed) ??
      (said === undefined ? undefined : byCostCenter.get(said.toLowerCase())) ??
      teamNamed(event.keyTeam ?? undefined);
    return {
      team: team?.slug ?? UNALLOCATED,
      project: rule?.assign.project ?? event.project ?? null,
      environment: rule?.assign.environment ?? event.environment ?? null,
      workflow: rule?.assign.workflow ?? event.workflow ?? null,
      costCenter: rule?.assign.cost_center ?? said ?? team?.costCenter ?? null,
      ruleId: rule?.id ?? null,
    };
  };
}

function firstTeam(
  attributeOf: AttributeOf,
  teamNamed: (name: string | undefined) => AllocatableTeam | undefined,
): AllocatableTeam | undefined {
  for (const attribute of TEAM_ATTRIBUTES) {
    const team = teamNamed(attributeOf(attribute));
    if (team !== undefined) return team;
  }
  return undefined;
}

function firstOf(attributes: readonly string[], attributeOf: AttributeOf): string | undefined {
  for (const attribute of attributes) {
    const value = attributeOf(attribute);
    if (value !== undefined && value !== "") return value;
  }
  return undefined;
}
