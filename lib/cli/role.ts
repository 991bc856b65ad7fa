import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import type { Config } from "#lib/config.ts";
import { AppError } from "#lib/errors.ts";
import { createLog } from "#lib/log.ts";
import { buildPages } from "#lib/runtime/build-pages.ts";
import { keptSecret, runningInstance } from "#lib/runtime/data-directory.ts";
import type { Command } from "./command.ts";
import { MAIN_FILES, PROJECT_ROOT, type Role } from "./project.ts";

export const web = roleCommand("web");
export const collector = roleCommand("collector");
export const worker = roleCommand("worker");

function roleCommand(role: Role): Command {
  return {
    usage: role,
    run: async ({ config, env }) => {
      const found = await addressAndSecret(config);
      const stop = new AbortController();
      if (role === "web") await buildPages(PROJECT_ROOT, env, createLog("web"), stop.signal);
      const exitCode = await runRole(role, { ...env, ...found });
      return { line: "", data: { exitCode }, exitCode: exitCode === 0 ? 0 : 2 };
    },
  };
}

/** The operator's database, or that of the Outlay that runs on the data directory. */
async function addressAndSecret(config: Config): Promise<Record<string, string>> {
  if (config.databaseUrl !== null) return {};
  const running = await runningInstance(config.dataDir);
  if (running?.databaseUrl == null) {
    throw new AppError(
      "set DATABASE_URL and OUTLAY_SECRET: a process on its own needs a database, and no Outlay runs on this data directory",
      { code: "invalid" },
    );
  }
  return {
    DATABASE_URL: running.databaseUrl,
    OUTLAY_SECRET: config.secret ?? (await keptSecret(join(config.dataDir, "secret"))),
  };
}

/** Runs the process with our terminal and passes on the signals that stop us. */
function runRole(role: Role, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [MAIN_FILES[role]], {
    env: { ...env, NODE_ENV: "production" },
    cwd: PROJECT_ROOT,
    stdio: "inherit",
  });
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  process.on("SIGTERM", pass);
  process.on("SIGINT", pass);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) =>
      resolve(code ?? 128 + constants.signals[signal ?? "SIGTERM"]),
    );
  });
}
