import { AppError } from "#lib/errors.ts";
import { createTeam } from "#lib/organization/change-team.ts";
import { TeamInput } from "#lib/organization/team-input.ts";
import { cliEditor } from "./cli-actor.ts";
import { type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";

/** Adds a team, under another one if a parent is named. */
export const teamCreate: Command = {
  usage: "team create SLUG [--name NAME] [--cost-center CODE] [--parent SLUG]",
  options: {
    name: { type: "string" },
    "cost-center": { type: "string" },
    parent: { type: "string" },
  },
  words: [1, 1],
  run: async (call) => {
    const [slug = ""] = call.words;
    const parsed = TeamInput.safeParse({
      slug,
      name: text(call, "name") ?? slug,
      costCenter: text(call, "cost-center"),
      parent: text(call, "parent"),
    });
    if (!parsed.success) throw badUse(parsed.error.issues.map(({ path }) => path.join(".")));
    const team = parsed.data;
    const change = { by: cliEditor(), now: new Date() };
    await withDatabase(call.config, ({ sql }) => createTeam(sql, change, team));
    return {
      line: `created team ${team.slug}${team.parent === null ? "" : ` under ${team.parent}`}`,
      data: {
        slug: team.slug,
        name: team.name,
        cost_center: team.costCenter,
        parent: team.parent,
      },
      exitCode: 0,
    };
  },
};

function badUse(fields: readonly string[]): AppError {
  const rules: Readonly<Record<string, string>> = {
    slug: "SLUG must be 1 to 63 of a-z, 0-9, dot, dash and underscore, with a letter or digit at both ends",
    name: "--name must have 1 to 120 characters",
    costCenter: "--cost-center must have 1 to 120 characters",
  };
  const said = fields.map((field) => rules[field] ?? `--${field} is no team`);
  return new AppError([...new Set(said)].join("\n"), { code: "invalid" });
}
