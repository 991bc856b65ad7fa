import { fileURLToPath } from "node:url";
import { readConfig } from "../config.ts";
import { AppError } from "../errors.ts";
import { createLog } from "../log.ts";
import { stopSignal } from "../runtime/stop-signal.ts";
import { supervise } from "../runtime/supervisor.ts";

// `outlay start` around one small part, for the supervisor's tests.
const log = createLog("outlay");
const env = process.env;
try {
  await supervise({
    config: readConfig(env),
    log,
    signal: stopSignal(env, log),
    prepare: async () => {},
    build: async () => {},
    parts: ({ url }) => [
      {
        name: "small",
        script: fileURLToPath(new URL("./small-part.ts", import.meta.url)),
        cwd: process.cwd(),
        env: { ...env, DATABASE_URL: url },
      },
    ],
    onReady: () => process.stdout.write("ready\n"),
  });
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = error instanceof AppError ? 2 : 1;
}
