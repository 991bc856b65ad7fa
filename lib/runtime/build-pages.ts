import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { glob, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Log } from "../log.ts";

/** All that the built pages are made from. */
const SOURCES = [
  "app/**/*.{ts,tsx,css,json}",
  "lib/**/*.{ts,json}",
  "public/**/*",
  "proxy.ts",
  "next.config.ts",
  "postcss.config.*",
  "package-lock.json",
];
const STAMP = ".next/outlay-sources";

/**
 * Builds the pages, unless they were built from these very sources before.
 *
 * @param root the project's directory.
 * @param env what `next build` sees.
 * @returns Whether there was something to build.
 * @throws when the build fails or `signal` ends it.
 */
export async function buildPages(
  root: string,
  env: NodeJS.ProcessEnv,
  log: Log,
  signal: AbortSignal,
): Promise<boolean> {
  const stampFile = join(root, STAMP);
  const sources = await fingerprint(root);
  const built = await readFile(stampFile, "utf8").catch(() => null);
  if (built === sources) return false;

  log.info("building the pages, once for this version");
  await runBuild(root, env, log, signal);
  await writeFile(stampFile, sources);
  return true;
}

async function fingerprint(root: string): Promise<string> {
  const hash = createHash("sha256");
  const files = await Array.fromAsync(glob(SOURCES, { cwd: root, withFileTypes: true }));
  const paths = files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name));
  for (const path of paths.toSorted()) {
    if (/\.test\.tsx?$/.test(path)) continue;
    hash
      .update(`${path}\0`)
      .update(await readFile(path))
      .update("\0");
  }
  return hash.digest("hex");
}

async function runBuild(
  root: string,
  env: NodeJS.ProcessEnv,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, [join(root, "node_modules/next/dist/bin/next"), "build"], {
    cwd: root,
    // A group of its own, so that its helpers end with it.
    detached: true,
    env: { ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => lines.push(line));
  }
  const killGroup = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
  };
  signal.addEventListener("abort", killGroup);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  signal.removeEventListener("abort", killGroup);
  signal.throwIfAborted();
  if (code === 0) return;
  for (const line of lines) if (line.trim() !== "") log.error(line);
  throw new Error("the pages could not be built; the log says why");
}
