import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run bench:forecast [-- DIRECTORY SET]`: answers the benchmark's tasks
 * with the command line and prints the scores and the time it took. DIRECTORY
 * holds the scoring scripts and the SET of data; those in the repository unless
 * given, so that unseen series can be scored in the same way.
 */
const [directory, set = "data"] = process.argv.slice(2);
const SCORERS = resolve(
  directory ?? fileURLToPath(new URL("../forecast/testdata", import.meta.url)),
);
const COMMAND_LINE = fileURLToPath(new URL("../cli/main.ts", import.meta.url));
const MOST_BYTES = 1 << 30;

const answers = mkdtempSync(join(tmpdir(), "outlay-bench-"));
try {
  bench("forecast", "--tasks", "score-forecast.mjs");
  bench("detect", "--series", "score-anomaly.mjs");
  if (directory === undefined)
    process.stdout.write(
      "0 series or cases: their licences do not allow shipping them (lib/forecast/testdata/README.md).\n",
    );
} finally {
  rmSync(answers, { recursive: true });
}

function bench(command: string, option: string, script: string): void {
  const scorer = join(SCORERS, script);
  const tasks = join(answers, `${command}-tasks.json`);
  const predictions = join(answers, `${command}-predictions.json`);
  writeFileSync(tasks, run(scorer, ["--set", set, "--emit"]));
  const start = performance.now();
  writeFileSync(predictions, run(COMMAND_LINE, [command, option, tasks]));
  const seconds = (performance.now() - start) / 1_000;
  process.stdout.write(run(scorer, ["--set", set, predictions]));
  process.stdout.write(`outlay ${command}: ${seconds.toFixed(1)} s\n\n`);
}

function run(script: string, args: readonly string[]): Buffer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    maxBuffer: MOST_BYTES,
  });
  if (status !== 0) throw new Error(`${script} ${args.join(" ")}: ${stderr}`);
  return stdout;
}
