import { glob, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#lib/runtime/ports.ts";
import { findChromium } from "./chromium.ts";
import type { Counts } from "./count-reporter.ts";
import { PORTS_VARIABLE } from "./e2e-environment.ts";
import { runProgram } from "./run-program.ts";

/** The path of the Chromium that Playwright shall use. */
export const CHROMIUM_VARIABLE = "OUTLAY_TEST_CHROMIUM";

type PlaywrightReport = {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
};

/** Runs Playwright against a whole Outlay of its own (see playwright.config.ts). */
export async function runBrowserTests(files: readonly string[]): Promise<Counts> {
  const specs = await Array.fromAsync(glob("e2e/**/*.spec.ts"));
  if (specs.length === 0) throw new Error("there are no browser tests in e2e/");
  const chromium = await findChromium();
  const directory = await mkdtemp(join(tmpdir(), "outlay-counts-"));
  const reportFile = join(directory, "report.json");
  try {
    const cli = join("node_modules", "@playwright", "test", "cli.js");
    const code = await runProgram(
      process.execPath,
      [cli, "test", "--reporter=list,json", ...files],
      {
        PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile,
        [PORTS_VARIABLE]: (await freePorts()).join(","),
        ...(chromium === null ? {} : { [CHROMIUM_VARIABLE]: chromium }),
      },
    );
    return countsOf(await readFile(reportFile, "utf8").catch(() => null), code);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** A skipped test is one that did not pass, and so is one that passed only when tried again. */
function countsOf(report: string | null, code: number): Counts {
  if (report === null) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = (JSON.parse(report) as PlaywrightReport).stats;
  const failed = unexpected + flaky + skipped;
  return { passed: expected, failed: code !== 0 && failed === 0 ? 1 : failed };
}

/** Three of them, so that runs at the same time do not meet. */
async function freePorts(): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < 3) ports.add(await freePort());
  return [...ports];
}
