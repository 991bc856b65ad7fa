import { z } from "zod";
import { ProjectChange, ProjectInput } from "#lib/organization/projects.ts";
import { TeamMerge } from "#lib/organization/team-input.ts";
import { RuleBody, RuleChange, RuleInput, RulesBody, RulesParameters } from "./allocation-rules.ts";
import type { Operation } from "./openapi.ts";
import {
  ChangedTeam,
  NewTeam,
  PeopleBody,
  PeopleImportBody,
  PeopleImportParameters,
  PeopleParameters,
  PersonBody,
  PersonChange,
  PersonInput,
  ProjectBody,
  ProjectsBody,
  TeamBody,
  TeamSplitInput,
  TeamsBody,
} from "./organization.ts";

const json = (schema: z.ZodType) => ({ type: "application/json", schema });

/** Teams, projects, people and the rules that give them spend. */
export const ORGANIZATION_OPERATIONS: readonly Operation[] = [
  { method: "get", path: "/teams", summary: "Teams, in scope", answer: json(TeamsBody) },
  {
    method: "post",
    path: "/teams",
    summary: "Add a team",
    body: NewTeam,
    answer: json(TeamBody),
  },
  { method: "get", path: "/teams/{slug}", summary: "One team", answer: json(TeamBody) },
  {
    method: "patch",
    path: "/teams/{slug}",
    summary: "Rename, re-parent or archive a team, or change its owners or cost centre",
    body: ChangedTeam,
    answer: json(TeamBody),
  },
  {
    method: "post",
    path: "/teams/{slug}/merge",
    summary: "Merge a team into another from a date on; what is filed stays",
    body: TeamMerge,
    answer: json(TeamBody),
  },
  {
    method: "post",
    path: "/teams/{slug}/split",
    summary: "Split a team from a date on: new teams, with a rule for each",
    body: TeamSplitInput,
    answer: json(TeamBody),
  },
  { method: "get", path: "/projects", summary: "Projects", answer: json(ProjectsBody) },
  {
    method: "post",
    path: "/projects",
    summary: "Add a project",
    body: ProjectInput,
    answer: json(ProjectBody),
  },
  {
    method: "patch",
    path: "/projects/{id}",
    summary: "Rename or archive a project, or give it to another team from now on",
    body: ProjectChange,
    answer: json(ProjectBody),
  },
  {
    method: "get",
    path: "/people",
    summary: "People and where they work from when to when",
    query: PeopleParameters,
    answer: json(PeopleBody),
  },
  {
    method: "post",
    path: "/people",
    summary: "Store a person with all memberships",
    body: PersonInput,
    answer: json(PersonBody),
  },
  {
    method: "patch",
    path: "/people/{email}",
    summary: "Change a person's name, aliases or memberships",
    body: PersonChange,
    answer: json(PersonBody),
  },
  {
    method: "delete",
    path: "/people/{email}",
    summary: "Forget a person; what their usage cost stays with its teams",
    answer: json(z.strictObject({ email: z.string(), removed: z.literal(true) })),
  },
  {
    method: "post",
    path: "/people/import",
    summary: "Import an HR export (CSV: email, team, cost_center, start, end), whole or not at all",
    query: PeopleImportParameters,
    answer: json(PeopleImportBody),
  },
  {
    method: "get",
    path: "/allocation-rules",
    summary: "Allocation rules in the order in which they are asked, or all their versions",
    query: RulesParameters,
    answer: json(RulesBody),
  },
  {
    method: "post",
    path: "/allocation-rules",
    summary: "Add a rule after all others",
    body: RuleInput,
    answer: json(RuleBody),
  },
  {
    method: "patch",
    path: "/allocation-rules/{id}",
    summary: "Edit or move a rule: a new version takes over from its start on",
    body: RuleChange,
    answer: json(RuleBody),
  },
  {
    method: "delete",
    path: "/allocation-rules/{id}",
    summary: "End a rule for what starts from now on",
    answer: json(z.strictObject({ id: z.string(), ended: z.literal(true) })),
  },
];
