import { z } from "zod";
import type { ImportedPeople } from "#lib/organization/import-people.ts";
import { type Member, MemberInput } from "#lib/organization/people.ts";
import type { Project } from "#lib/organization/projects.ts";
import { TeamChange, TeamInput, TeamSplit } from "#lib/organization/team-input.ts";
import type { Team } from "#lib/organization/teams.ts";
import { limit } from "#lib/parameters/limit.ts";
import { Instant } from "./figures.ts";
import { iso } from "./iso.ts";
import { Cursor } from "./query.ts";

// Teams, projects and people as the API takes and gives them.

const Name = z.string().nullable();
const Day = z.iso.date();
const Email = z.string().meta({ description: "In lower case" });

export const NewTeam = z
  .strictObject({
    ...TeamInput.omit({ costCenter: true }).shape,
    cost_center: TeamInput.shape.costCenter,
  })
  .transform(({ cost_center, ...team }) => ({ ...team, costCenter: cost_center }));

export const ChangedTeam = z
  .strictObject({
    ...TeamChange.omit({ costCenter: true }).shape,
    cost_center: TeamChange.shape.costCenter,
  })
  .transform(({ cost_center, ...team }) => ({ ...team, costCenter: cost_center }));

export const TeamSplitInput = z
  .strictObject({
    ...TeamSplit.shape,
    parts: z
      .array(
        z
          .strictObject({
            ...TeamSplit.shape.parts.element.omit({ costCenter: true }).shape,
            cost_center: TeamSplit.shape.parts.element.shape.costCenter,
          })
          .transform(({ cost_center, ...part }) => ({ ...part, costCenter: cost_center })),
      )
      .min(1)
      .max(20),
  })
  .meta({ description: "`from`: a date in the organisation's zone" });

export const TeamBody = z.strictObject({
  slug: z.string(),
  name: z.string(),
  parent: Name,
  cost_center: Name,
  owners: z.array(Email),
  created_at: Instant,
  archived_at: Instant.nullable(),
  merged_into: Name,
  merged_from: Instant.nullable().meta({ description: "What starts then or later goes there" }),
});
export const TeamsBody = z.strictObject({ teams: z.array(TeamBody) });

export function teamBody(team: Team): z.output<typeof TeamBody> {
  const { slug, name, parent, costCenter, owners, createdAt, archivedAt, merged } = team;
  return {
    ...{ slug, name, parent, cost_center: costCenter, owners: [...owners] },
    created_at: iso(createdAt),
    archived_at: archivedAt && iso(archivedAt),
    merged_into: merged?.into ?? null,
    merged_from: merged && iso(merged.from),
  };
}

export const ProjectBody = z.strictObject({
  id: z.string().meta({ description: "What telemetry and rules call it" }),
  name: z.string(),
  team: Name,
  created_at: Instant,
  archived_at: Instant.nullable(),
});
export const ProjectsBody = z.strictObject({ projects: z.array(ProjectBody) });

export function projectBody(project: Project): z.output<typeof ProjectBody> {
  const { id, name, team, createdAt, archivedAt } = project;
  return { id, name, team, created_at: iso(createdAt), archived_at: archivedAt && iso(archivedAt) };
}

const MembershipShape = z.strictObject({
  team: z.string(),
  cost_center: Name.default(null),
  from: Day,
  to: Day.nullable().default(null).meta({ description: "The first day after" }),
});

/** In words of the API; `personOf` proves it whole. */
export const PersonInput = z.strictObject({
  email: z.string(),
  name: z.string().default(""),
  aliases: z.array(z.string()).default([]),
  memberships: z.array(MembershipShape).default([]),
});

export function personOf({ memberships, ...person }: z.output<typeof PersonInput>) {
  return MemberInput.safeParse({
    ...person,
    memberships: memberships.map(({ cost_center, ...span }) => ({
      ...span,
      costCenter: cost_center,
    })),
  });
}

/** What is left out stays. */
export const PersonChange = z.strictObject({
  name: z.string().optional(),
  aliases: z.array(z.string()).optional(),
  memberships: z.array(MembershipShape).optional(),
});

export const PersonBody = z.strictObject({
  email: Email,
  name: z.string(),
  aliases: z.array(z.string()),
  memberships: z.array(MembershipShape),
});
export const PeopleBody = z.strictObject({
  people: z.array(PersonBody),
  next_cursor: z.string().nullable(),
});

export function personBody({
  email,
  name,
  aliases,
  memberships,
}: Member): z.output<typeof PersonBody> {
  return {
    ...{ email, name, aliases: [...aliases] },
    memberships: memberships.map(({ team, costCenter, from, to }) => ({
      ...{ team, cost_center: costCenter, from, to },
    })),
  };
}

export const PeopleParameters = z.strictObject({
  q: z.string().max(200).optional().meta({ description: "In e-mail, name or alias" }),
  team: z.string().max(63).optional().meta({ description: "In it at some time" }),
  limit: limit(100, 1_000),
  cursor: Cursor.optional(),
});

const YesOrNo = z.enum(["true", "false"]).default("false");
export const PeopleImportParameters = z.strictObject({
  dry_run: YesOrNo.meta({ description: "Only say what would change" }),
  create_teams: YesOrNo.meta({ description: "Make the teams that do not exist" }),
});

export const PeopleImportBody = z.strictObject({
  applied: z.boolean().meta({ description: "False for a dry run, and when a line is wrong" }),
  new_teams: z.array(z.string()),
  added: z.array(PersonBody),
  changed: z.array(z.strictObject({ before: PersonBody, after: PersonBody })),
  unchanged: z.int(),
  mistakes: z.array(z.strictObject({ line: z.int(), detail: z.string() })),
});

export function peopleImportBody(found: ImportedPeople): z.output<typeof PeopleImportBody> {
  return {
    applied: found.isApplied,
    new_teams: found.newTeams.map(({ slug }) => slug),
    added: found.added.map(personBody),
    changed: found.changed.map(({ before, after }) => ({
      before: personBody(before),
      after: personBody(after),
    })),
    unchanged: found.unchanged,
    mistakes: found.mistakes.map(({ line, detail }) => ({ line, detail })),
  };
}
