import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { e2eEnvironment } from "./e2e-environment.ts";

// What Playwright starts: `outlay start` on an empty data directory, which is
// removed again when it stops.
const dataDir = await mkdtemp(join(tmpdir(), "outlay-e2e-"));
const { DATABASE_URL: _, OUTLAY_SECRET: __, ...inherited } = process.env;
const child = spawn(process.execPath, ["bin/outlay.mjs", "start"], {
  stdio: "inherit",
  env: { ...inherited, ...e2eEnvironment().variables, OUTLAY_DATA_DIR: dataDir },
});
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => child.kill(signal));
}
const [code] = await once(child, "exit");
await rm(dataDir, { recursive: true, force: true });
process.exitCode = typeof code === "number" ? code : 1;
