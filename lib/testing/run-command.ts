import type { Command, Outcome } from "#lib/cli/command.ts";
import { COMMANDS } from "#lib/cli/commands.ts";
import { parseCall } from "#lib/cli/parse-call.ts";
import { readConfig } from "#lib/config.ts";

/**
 * Runs one command line on a database as `outlay` does, and gives what it
 * found. Failures reject with the error whose message the command line prints.
 */
export async function runCommand(databaseUrl: string, ...args: string[]): Promise<Outcome> {
  const parsed = parseCall(args, Object.keys(COMMANDS));
  const entry = parsed === null ? undefined : COMMANDS[parsed.name];
  if (parsed === null || entry === undefined) throw new Error(`no command: ${args.join(" ")}`);
  const command: Command = await entry.load();
  const env = {
    NODE_ENV: "test" as const,
    DATABASE_URL: databaseUrl,
    OUTLAY_SECRET: "a secret of the tests",
  };
  return command.run({
    ...parsed.read(command),
    json: args.includes("--json"),
    env,
    config: readConfig(env),
  });
}
