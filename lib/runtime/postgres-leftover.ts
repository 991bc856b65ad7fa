import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { readFile, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors.ts";
import { isRunning } from "./is-running.ts";

const FAST_MS = 10_000;
const IMMEDIATE_MS = 5_000;

/**
 * Clears what a killed predecessor left: a server that still runs on the
 * directory is stopped, and a postmaster.pid whose process id now belongs to
 * some other program is removed (Postgres would take that program for itself
 * and refuse to start).
 */
export async function stopLeftover(directory: string): Promise<void> {
  const pidFile = join(directory, "postmaster.pid");
  const pid = Number((await readFile(pidFile, "utf8").catch(() => "")).split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (!isRunning(pid)) return;
  if (!isServerOf(pid, await realpath(directory))) {
    await rm(pidFile, { force: true });
    return;
  }
  process.kill(pid, "SIGINT");
  if (await isGoneWithin(pid, FAST_MS)) return;
  process.kill(pid, "SIGQUIT");
  if (await isGoneWithin(pid, IMMEDIATE_MS)) return;
  throw new AppError(`an earlier Postgres (process ${pid}) on ${directory} does not stop`, {
    code: "conflict",
  });
}

function isServerOf(pid: number, directory: string): boolean {
  const command = commandLine(pid);
  return command.includes("postgres") && command.includes(directory);
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    // No /proc (macOS), or the process has gone meanwhile: ps answers both.
  }
  try {
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (Date.now() < deadline) {
    if (!isRunning(pid)) return true;
    await sleep(25);
  }
  return false;
}
