import { fileURLToPath } from "node:url";
import type { Counts } from "./count-reporter.ts";
import { runProgram } from "./run-program.ts";

const BIN = fileURLToPath(new URL("../../node_modules/.bin/", import.meta.url));

/** What holds for the sources without running them. Each check counts as one test. */
const CHECKS: readonly (readonly [program: string, ...args: string[]])[] = [
  ["biome", "check", "--error-on-warnings", "."],
  // Next's own types (routes, page props) are part of what tsc checks.
  ["next", "typegen"],
  ["tsc", "--noEmit"],
];

/** Formatting, lint and types. */
export async function runChecks(): Promise<Counts> {
  let passed = 0;
  for (const [program, ...args] of CHECKS) {
    process.stdout.write(`> ${program} ${args.join(" ")}\n`);
    if ((await runProgram(`${BIN}${program}`, args)) === 0) passed++;
  }
  return { passed, failed: CHECKS.length - passed };
}
