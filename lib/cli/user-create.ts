import { randomBytes } from "node:crypto";
import { requireTeams } from "#lib/access/require-teams.ts";
import { ROLES } from "#lib/access/viewer.ts";
import { createUser, NewUser } from "#lib/auth/create-user.ts";
import { AppError } from "#lib/errors.ts";
import { cliActor } from "./cli-actor.ts";
import { type Command, text } from "./command.ts";
import { withDatabase } from "./command-database.ts";

/** Lets a person in, with a password that is made here and shown once. */
export const userCreate: Command = {
  usage: "user create EMAIL [--name NAME] [--role admin|finance|manager|viewer] [--team SLUG,…]",
  options: { name: { type: "string" }, role: { type: "string" }, team: { type: "string" } },
  words: [1, 1],
  run: async (call) => {
    const [email = ""] = call.words;
    const password = randomBytes(15).toString("base64url");
    const parsed = NewUser.safeParse({
      name: text(call, "name") ?? email,
      email,
      password,
      role: text(call, "role") ?? "viewer",
      teams: text(call, "team")?.split(",") ?? [],
    });
    if (!parsed.success) throw badUse(parsed.error.issues.map(({ path }) => path.join(".")));
    const user = parsed.data;
    const { id } = await withDatabase(call.config, ({ db }) =>
      db.transaction(async (tx) => {
        await requireTeams(tx, user.teams);
        return createUser(tx, cliActor(), user);
      }),
    );
    return {
      line: `created ${user.email} as ${user.role}, password ${password}`,
      data: { id, email: user.email, role: user.role, teams: user.teams, password },
      exitCode: 0,
    };
  },
};

function badUse(fields: readonly string[]): AppError {
  const rules: Readonly<Record<string, string>> = {
    email: "EMAIL must be an e-mail address",
    role: `--role must be one of ${ROLES.join(", ")}`,
    name: "--name must have 1 to 120 characters",
  };
  const said = fields.map((field) => rules[field] ?? "--team must be slugs separated by commas");
  return new AppError([...new Set(said)].join("\n"), { code: "invalid" });
}
