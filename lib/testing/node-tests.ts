import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Counts } from "./count-reporter.ts";
import { runProgram } from "./run-program.ts";

const REPORTER = fileURLToPath(new URL("./count-reporter.ts", import.meta.url));

/**
 * Runs `node --test` on the files and counts. A run that ends badly without a
 * failed test (a file that does not load, a crash) counts as one failure.
 */
export async function runNodeTests(
  files: readonly string[],
  options: {
    readonly flags: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<Counts> {
  const directory = await mkdtemp(join(tmpdir(), "outlay-counts-"));
  const countsFile = join(directory, "counts.json");
  try {
    const code = await runProgram(
      process.execPath,
      [
        "--test",
        ...options.flags,
        "--test-reporter=dot",
        "--test-reporter-destination=stdout",
        `--test-reporter=${REPORTER}`,
        `--test-reporter-destination=${countsFile}`,
        ...files,
      ],
      options.env ?? {},
    );
    const written = await readFile(countsFile, "utf8").catch(() => "");
    const counts: Counts =
      written === "" ? { passed: 0, failed: 1 } : (JSON.parse(written) as Counts);
    return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
