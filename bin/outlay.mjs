#!/usr/bin/env node
// Runs the command line on the Node that this project pins (package `node`),
// whichever Node the machine brings: that one only has to get this far.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const OLDEST_MAJOR = 24;

if (Number(process.versions.node.split(".")[0]) >= OLDEST_MAJOR) {
  await import("../lib/cli/main.ts");
} else {
  runOnPinnedNode();
}

function runOnPinnedNode() {
  const pinned = fileURLToPath(new URL("../node_modules/node/bin/node", import.meta.url));
  if (!existsSync(pinned)) {
    process.stderr.write(
      `outlay: Node ${OLDEST_MAJOR} is missing at ${pinned}; run npm ci, with install scripts allowed\n`,
    );
    process.exit(2);
  }
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.once("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal ?? "SIGTERM"] ?? 0);
  });
}
