import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { runProgram } from "./run-program.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Finds a Chromium for the browser tests, or installs one: from Debian as root,
 * else the one that Playwright downloads.
 *
 * @returns its path, or null for Playwright's own.
 */
export async function findChromium(): Promise<string | null> {
  const found = onPath(NAMES) ?? playwrightsOwn();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    process.stdout.write("> apt-get install chromium\n");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await runProgram("apt-get", ["update", "-qq"], env);
    await runProgram("apt-get", ["install", "-y", "-qq", "chromium"], env);
    const installed = onPath(NAMES);
    if (installed !== undefined) return installed;
  }
  const cli = join("node_modules", "@playwright", "test", "cli.js");
  const code = await runProgram(process.execPath, [cli, "install", "chromium"]);
  if (code !== 0) {
    throw new Error("the browser tests need a Chromium: install one (chromium, google-chrome)");
  }
  return null;
}

function onPath(names: readonly string[]): string | undefined {
  const directories = (process.env.PATH ?? "").split(delimiter);
  return names
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .find(isExecutable);
}

/** Null when Playwright has downloaded its Chromium before, undefined when not. */
function playwrightsOwn(): null | undefined {
  const program = 'console.log(require("@playwright/test").chromium.executablePath())';
  const path = execFileSync(process.execPath, ["-e", program], { encoding: "utf8" }).trim();
  return isExecutable(path) ? null : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
