import { readConfig } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";
import { createLog } from "#lib/log.ts";
import type { Outcome } from "./command.ts";
import { COMMANDS } from "./commands.ts";
import { helpOf, helpOfAll, parseCall } from "./parse-call.ts";

process.exitCode = await runCommandLine(process.argv.slice(2), process.env);

/**
 * Runs one command line and answers its exit code: 0, 1 for a finding, 2 for
 * bad use or failure. A failure that the caller can act on is one line on
 * standard error, with --json an object on standard output.
 */
async function runCommandLine(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const json = args.includes("--json");
  try {
    const call = parseCall(args, Object.keys(COMMANDS));
    if (call === null) return print(helpOfAll(COMMANDS));
    const entry = COMMANDS[call.name];
    if (entry === undefined) throw new Error(`no such command: ${call.name}`);
    const command = await entry.load();
    const { words, options, wantsHelp } = call.read(command);
    if (wantsHelp) return print(helpOf(command, entry.summary));
    const outcome = await command.run({ words, options, json, env, config: readConfig(env) });
    report(outcome, json);
    return outcome.exitCode;
  } catch (error) {
    reportFailure(error, json);
    return 2;
  }
}

function report({ line, details, data }: Outcome, json: boolean): void {
  if (json) {
    print(JSON.stringify(data, (_, value) => (typeof value === "bigint" ? String(value) : value)));
  } else {
    for (const detail of details ?? []) print(detail);
    if (line !== "") print(line);
  }
}

function reportFailure(error: unknown, json: boolean): void {
  if (error instanceof AppError) {
    if (json) print(JSON.stringify({ error: { code: error.code, message: error.message } }));
    else process.stderr.write(`outlay: ${error.message}\n`);
    return;
  }
  createLog("outlay").error("failed", { error: error as Error });
  if (json) {
    print(JSON.stringify({ error: { code: "failed", message: "see standard error" } }));
  }
}

function print(line: string): 0 {
  process.stdout.write(`${line}\n`);
  return 0;
}
