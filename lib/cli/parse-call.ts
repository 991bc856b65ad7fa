import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { AppError } from "#lib/errors.ts";
import type { Command } from "./command.ts";

type Arguments = {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly wantsHelp: boolean;
};

/** A command line whose command is known and whose arguments are still to be read by it. */
export type ParsedCall = {
  readonly name: string;
  readonly read: (command: Command) => Arguments;
};

const COMMON = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
} as const satisfies ParseArgsOptionsConfig;

/**
 * Finds the command, a name of one word or two, at the start of the arguments.
 *
 * @returns null when the arguments ask for the general help.
 * @throws {AppError} "invalid" when there is no such command.
 */
export function parseCall(args: readonly string[], names: readonly string[]): ParsedCall | null {
  if (args.length === 0 || args[0] === "help" || args[0] === "--help" || args[0] === "-h") {
    return null;
  }
  for (const length of [2, 1]) {
    const name = args.slice(0, length).join(" ");
    if (args.length >= length && names.includes(name)) {
      return { name, read: (command) => readArguments(args.slice(length), command) };
    }
  }
  throw badUse(`there is no command ${args[0]}; see outlay --help`);
}

export function helpOf(command: Command, summary: string): string {
  return `usage: outlay ${command.usage} [--json] [--help]\n\n${summary}`;
}

export function helpOfAll(commands: Readonly<Record<string, { readonly summary: string }>>) {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  return [
    "usage: outlay COMMAND [--json] [--help]",
    "",
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "Exit code 0: done; 1: done, and something was found; 2: bad use or failure.",
  ].join("\n");
}

function readArguments(args: readonly string[], command: Command): Arguments {
  const { values, positionals } = parseStrictly(args, command);
  const { help, json: _, ...options } = values;
  const [fewest, most] = command.words ?? [0, 0];
  const wantsHelp = help === true;
  if (!wantsHelp && (positionals.length < fewest || positionals.length > most)) {
    throw badUse(`usage: outlay ${command.usage}`);
  }
  return { words: positionals, options, wantsHelp };
}

function parseStrictly(args: readonly string[], command: Command) {
  try {
    return parseArgs({
      args: [...args],
      options: { ...command.options, ...COMMON },
      allowPositionals: true,
    }) as {
      values: Record<string, string | boolean | undefined>;
      positionals: string[];
    };
  } catch (cause) {
    throw badUse(`${(cause as Error).message}\nusage: outlay ${command.usage}`, cause);
  }
}

function badUse(message: string, cause?: unknown): AppError {
  return new AppError(message, { code: "invalid", cause });
}
