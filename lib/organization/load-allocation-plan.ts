import type { AllocationPlan } from "#lib/allocation/allocate.ts";
import type { AllocatablePerson, AllocatableTeam, Past } from "#lib/allocation/organization.ts";
import type { AllocationRule, Assignment, Condition } from "#lib/allocation/rule.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import { startOfDay } from "./organization-day.ts";

/** Rules, teams, projects and people as allocation needs them, with what they were before. */
export async function loadAllocationPlan(
  sql: SqlClient | Tx,
  timeZone: string,
): Promise<AllocationPlan> {
  const [rules, teams, projects, people] = await Promise.all([
    loadRules(sql),
    loadTeams(sql),
    loadProjects(sql),
    loadPeople(sql, timeZone),
  ]);
  return { rules, teams, projects, people };
}

type RuleRow = {
  readonly id: string;
  readonly conditions: readonly Condition[];
  readonly assign: Assignment;
  readonly of_team: string | null;
  readonly effective_from: Date | null;
  readonly effective_to: Date | null;
};

async function loadRules(sql: SqlClient | Tx): Promise<AllocationRule[]> {
  const rows = await sql<RuleRow[]>`
    select id, conditions, assign, of_team, effective_from, effective_to from allocation_rule
     where retired_at is null order by position, created_at, id`;
  return rows.map(({ id, conditions, assign, of_team, effective_from, effective_to }) => ({
    id,
    conditions,
    assign,
    ofTeam: of_team,
    fromMs: effective_from?.getTime() ?? null,
    toMs: effective_to?.getTime() ?? null,
  }));
}

type TeamRow = {
  readonly slug: string;
  readonly name: string;
  readonly cost_center: string | null;
  readonly archived_at: Date | null;
  readonly merged_into: string | null;
  readonly merged_at: Date | null;
};
type PastRow = { readonly of: string; readonly until: Date; readonly value: string | null };

async function loadTeams(sql: SqlClient | Tx): Promise<AllocatableTeam[]> {
  const [teams, past] = await Promise.all([
    sql<TeamRow[]>`
      select slug, name, cost_center, archived_at, merged_into, merged_at
        from team order by slug collate "C"`,
    sql<PastRow[]>`select team_slug as of, until, cost_center as value from team_past`,
  ]);
  const pastOf = pastById(past);
  return teams.map(({ slug, name, cost_center, archived_at, merged_into, merged_at }) => ({
    slug,
    name,
    costCenter: cost_center,
    costCentersBefore: pastOf(slug),
    archivedFromMs: archived_at?.getTime() ?? null,
    merged:
      merged_into === null || merged_at === null
        ? null
        : { into: merged_into, fromMs: merged_at.getTime() },
  }));
}

type ProjectRow = {
  readonly id: string;
  readonly team_slug: string | null;
  readonly archived_at: Date | null;
};

async function loadProjects(sql: SqlClient | Tx) {
  const [projects, past] = await Promise.all([
    sql<ProjectRow[]>`select id, team_slug, archived_at from project order by id collate "C"`,
    sql<PastRow[]>`select project_id as of, until, team_slug as value from project_past`,
  ]);
  const pastOf = pastById(past);
  return projects.map(({ id, team_slug, archived_at }) => ({
    id,
    team: team_slug,
    teamsBefore: pastOf(id),
    archivedFromMs: archived_at?.getTime() ?? null,
  }));
}

function pastById(rows: readonly PastRow[]): (id: string) => Past<string | null> {
  const byId = Map.groupBy(rows, ({ of }) => of);
  return (id) =>
    byId.get(id)?.map(({ until, value }) => ({ untilMs: until.getTime(), value })) ?? [];
}

type PersonRow = {
  readonly names: readonly string[];
  readonly spans: readonly {
    readonly from: string;
    readonly to: string | null;
    readonly team: string;
    readonly cost_center: string | null;
  }[];
};

async function loadPeople(sql: SqlClient | Tx, timeZone: string): Promise<AllocatablePerson[]> {
  const rows = await sql<PersonRow[]>`
    select array_prepend(p.email, array(
             select alias from person_alias where person_id = p.id)) as names,
           json_agg(json_build_object('from', m.valid_from, 'to', m.valid_to,
                                      'team', m.team_slug, 'cost_center', m.cost_center)) as spans
      from person p join membership m on m.person_id = p.id
     group by p.id`;
  const days = new Map<string, number>();
  const msOf = (day: string) => {
    const ms = days.get(day) ?? startOfDay(day, timeZone);
    days.set(day, ms);
    return ms;
  };
  return rows.map(({ names, spans }) => ({
    names,
    spans: spans.map(({ from, to, team, cost_center }) => ({
      team,
      costCenter: cost_center,
      fromMs: msOf(from),
      toMs: to === null ? null : msOf(to),
    })),
  }));
}
