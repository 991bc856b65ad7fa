import type { ParseArgsOptionsConfig } from "node:util";
import type { Config } from "#lib/config.ts";

/** One command of the `outlay` command line. */
export type Command = {
  /** What follows `outlay`, as printed by --help: `key create --kind ingest|api [--team SLUG]`. */
  readonly usage: string;
  readonly options?: ParseArgsOptionsConfig;
  /** How many words follow the command's name, at least and at most. */
  readonly words?: readonly [number, number];
  readonly run: (call: Call) => Promise<Outcome>;
};

/** What the command was called with. */
export type Call = {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  /** Whether the outcome is printed as JSON. */
  readonly json: boolean;
  readonly config: Config;
  /** The environment, for what is started from here. */
  readonly env: NodeJS.ProcessEnv;
};

/** What the command has done or found. */
export type Outcome = {
  /** In one line; empty for commands that have spoken already. */
  readonly line: string;
  /** Printed before the line: the rows of a table, for example. */
  readonly details?: readonly string[];
  /** Printed instead of all that with --json; bigints become strings. */
  readonly data: unknown;
  /** 0: fine; 1: a finding; 2: it failed. */
  readonly exitCode: 0 | 1 | 2;
};

/** An option's text, or null when it was not given. */
export function text(call: Call, name: string): string | null {
  const value = call.options[name];
  return typeof value === "string" ? value : null;
}
