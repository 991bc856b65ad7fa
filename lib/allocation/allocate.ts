import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { type Because, createTeamFinder, firstOf } from "./find-team.ts";
import {
  type AllocatablePerson,
  type AllocatableProject,
  type AllocatableTeam,
  asOf,
  isOpenAt,
} from "./organization.ts";
import { type AllocationRule, type AttributeOf, ruleTakes } from "./rule.ts";
import { findRulesInForce } from "./rules-in-force.ts";

/** Everything that decides who gets the spend, as it is believed to be and to have been. */
export type AllocationPlan = {
  /** All versions of rules, in their order. */
  readonly rules: readonly AllocationRule[];
  readonly teams: readonly AllocatableTeam[];
  readonly projects?: readonly AllocatableProject[];
  readonly people?: readonly AllocatablePerson[];
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
  readonly because: Because;
  /** The team before splits and merges. */
  readonly foundTeam: string;
};

/** What one event shows of itself. */
export type Allocatable = {
  readonly attributeOf: AttributeOf;
  readonly startedAtMs: number;
  readonly project: string | undefined;
  readonly environment: string | undefined;
  readonly workflow: string | undefined;
  /** The person as telemetry names them. */
  readonly user: string | undefined;
  /** The team of the key that the event came with. */
  readonly keyTeam: string | null;
};

const COST_CENTER_ATTRIBUTES = ["cost_center", "cost.center", "cost_centre"];

/**
 * Gives an event its team, project, environment, workflow and cost centre
 * (FinOps: allocation), by the rules and the organisation as they were when it
 * started. The first rule whose conditions hold comes first; what it leaves
 * out, and events without a rule, get a team as `createTeamFinder` says; else
 * the spend is `unallocated`. Then a rule that splits the team found, and the
 * team that it was merged into, have the last word.
 *
 * A team that telemetry names and that does not exist is made: whoever sets
 * `team.id=payments` on an agent expects to find `payments`.
 */
export function createAllocator(plan: AllocationPlan): (event: Allocatable) => Allocation {
  const rulesAt = findRulesInForce(plan.rules);
  const findTeam = createTeamFinder(plan);
  const teams = new Map(plan.teams.map((team) => [team.slug, team]));
  return (event) => {
    const { attributeOf, startedAtMs } = event;
    const { general, ofTeam } = rulesAt(startedAtMs);
    const rule = general.find((candidate) => ruleTakes(candidate, attributeOf));
    const costCenter = firstOf(COST_CENTER_ATTRIBUTES, attributeOf);
    const project = rule?.assign.project ?? event.project ?? null;
    const found = findTeam({ event, ruled: rule?.assign.team, project, costCenter });
    const { team, part } = settleTeam(found.team, event, teams, ofTeam);
    const assign = { ...rule?.assign, ...part?.assign };
    const isPart = part?.assign.team === team;
    return {
      team,
      project: assign.project ?? project,
      environment: assign.environment ?? event.environment ?? null,
      workflow: assign.workflow ?? event.workflow ?? null,
      costCenter:
        assign.cost_center ??
        costCenter ??
        (isPart ? null : found.work?.costCenter) ??
        costCenterOf(teams.get(team), startedAtMs),
      ruleId: part?.id ?? rule?.id ?? null,
      newTeam: found.newTeam,
      because: isPart ? "rule" : found.because,
      foundTeam: found.team,
    };
  };
}

type Settled = { readonly team: string; readonly part: AllocationRule | undefined };

/** Follows splits and merges from one team to the next; a ring ends where it closes. */
function settleTeam(
  found: string,
  { attributeOf, startedAtMs }: Allocatable,
  teams: ReadonlyMap<string, AllocatableTeam>,
  ofTeam: ReadonlyMap<string, readonly AllocationRule[]>,
): Settled {
  const passed = new Set<string>();
  const open = (slug: string | undefined) => {
    const team = teams.get(slug ?? "");
    return team !== undefined && isOpenAt(team, startedAtMs) ? team.slug : undefined;
  };
  let team = found;
  let part: AllocationRule | undefined;
  for (;;) {
    passed.add(team);
    const split = ofTeam.get(team)?.find((candidate) => ruleTakes(candidate, attributeOf));
    part = split ?? part;
    const merged = teams.get(team)?.merged ?? null;
    const isMerged = merged !== null && startedAtMs >= merged.fromMs;
    const next = open(split?.assign.team) ?? (isMerged ? (open(merged.into) ?? UNALLOCATED) : team);
    team = next;
    if (passed.has(next)) return { team, part };
  }
}

function costCenterOf(team: AllocatableTeam | undefined, atMs: number): string | null {
  return team === undefined ? null : asOf(team.costCenter, team.costCentersBefore, atMs);
}
