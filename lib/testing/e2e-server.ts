import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { e2eDirectory, e2eEnvironment } from "./e2e-environment.ts";

// What Playwright starts: `outlay start` on an empty data directory. What it
// prints is kept for the spec that sets it up; all is removed when it stops.
const { outputFile, variables } = e2eEnvironment();
const directory = e2eDirectory();
// As root, Postgres runs as somebody else, who must get to its directory.
await chmod(directory, 0o711);
const { DATABASE_URL: _, OUTLAY_SECRET: __, ...inherited } = process.env;
const child = spawn(process.execPath, ["bin/outlay.mjs", "start"], {
  stdio: ["inherit", "pipe", "inherit"],
  env: { ...inherited, ...variables },
});
child.stdout.pipe(createWriteStream(outputFile, { mode: 0o600 }));
child.stdout.pipe(process.stdout);
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => child.kill(signal));
}
const [code] = await once(child, "exit");
await rm(directory, { recursive: true, force: true });
process.exitCode = typeof code === "number" ? code : 1;
