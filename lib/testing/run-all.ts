import { runBrowserTests } from "./browser-tests.ts";
import { runChecks } from "./checks.ts";
import type { Counts } from "./count-reporter.ts";
import { report, sum } from "./report.ts";
import { runDatabaseTests, runPureTests } from "./suites.ts";
import { testFiles } from "./test-files.ts";

// `npm test`: everything, to its end, whatever fails on the way.
const SUITES: readonly (readonly [name: string, run: () => Promise<Counts>])[] = [
  ["format, lint, types", runChecks],
  ["pure tests", async () => runPureTests(await testFiles("pure"))],
  ["tests on Postgres", async () => runDatabaseTests(await testFiles("database"))],
  ["tests in the browser", () => runBrowserTests([])],
];

const results: Counts[] = [];
for (const [name, run] of SUITES) {
  process.stdout.write(`\n== ${name}\n`);
  const startedAt = performance.now();
  const counts = await run().catch((error: Error): Counts => {
    process.stderr.write(`${error.stack}\n`);
    return { passed: 0, failed: 1 };
  });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(
    `\n== ${name}: ${counts.passed} ok, ${counts.failed} not ok, in ${seconds} s\n`,
  );
  results.push(counts);
}
report(sum(results));
