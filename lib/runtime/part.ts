import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { createLog, type Log } from "../log.ts";

/** One of the processes that make up Outlay: a script that calls `serveUntilStopped`. */
export type PartSpec = {
  readonly name: string;
  /** Absolute. */
  readonly script: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
};

export type Part = {
  /** Settles when the part first serves; rejects when it ends before that. */
  readonly ready: Promise<void>;
  readonly stop: (deadlineMs: number) => Promise<void>;
};

const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 30_000;
/** A part that served this long was well: its next failure is a first one. */
const WELL_AFTER_MS = 60_000;

/** Starts a part and starts it again whenever it ends, until told to stop. */
export function startPart(spec: PartSpec, log: Log): Part {
  const ready = Promise.withResolvers<void>();
  const stopping = new AbortController();
  let child = launch(spec, ready.resolve);
  let current = ended(child);

  const keepRunning = async (): Promise<void> => {
    let backoffMs = BACKOFF_FIRST_MS;
    for (;;) {
      const startedAt = performance.now();
      const how = await current;
      if (stopping.signal.aborted) return;
      ready.reject(new Error(`the ${spec.name} ended while starting (${how}); its log says why`));
      if (performance.now() - startedAt > WELL_AFTER_MS) backoffMs = BACKOFF_FIRST_MS;
      log.error(`${spec.name} ended by itself, starts again`, { how, afterMs: backoffMs });
      await sleep(backoffMs, undefined, { signal: stopping.signal }).catch(() => {});
      if (stopping.signal.aborted) return;
      backoffMs = Math.min(backoffMs * 2, BACKOFF_MAX_MS);
      child = launch(spec, () => log.info(`${spec.name} serves again`));
      current = ended(child);
    }
  };
  const life = keepRunning();

  return {
    ready: ready.promise,
    stop: async (deadlineMs) => {
      stopping.abort();
      ready.reject(new Error("stopped while starting"));
      await end(child, current, deadlineMs, log, spec.name);
      await life;
    },
  };
}

function launch(spec: PartSpec, onReady: () => void): ChildProcess {
  const { FORCE_COLOR: _, ...env } = spec.env;
  const child = spawn(process.execPath, [spec.script], {
    cwd: spec.cwd,
    // Colours are for terminals, and this goes into the log.
    env: { ...env, NO_COLOR: "1" },
    // Its own process group: Ctrl-C in a terminal must reach the supervisor
    // alone, which stops the parts in order. The ipc channel tells the part
    // when the supervisor is gone.
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  child.on("message", (message) => {
    if (message === "ready") onReady();
  });
  const log = createLog(spec.name);
  pass(child.stdout, log.info);
  pass(child.stderr, log.error);
  return child;
}

/** Lines of our own log pass as they are; what a library prints becomes a line of it. */
function pass(stream: Readable | null, wrap: (line: string) => void): void {
  if (stream === null) return;
  createInterface({ input: stream }).on("line", (line) => {
    if (/^\d{4}-\d\d-\d\dT\S+Z (info|warn|error) /.test(line)) process.stderr.write(`${line}\n`);
    else if (line.trim() !== "") wrap(line);
  });
}

function ended(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

async function end(
  child: ChildProcess,
  exited: Promise<string>,
  deadlineMs: number,
  log: Log,
  name: string,
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill("SIGTERM");
  const tooLate = setTimeout(() => {
    log.warn(`${name} did not stop in time and is killed`);
    child.kill("SIGKILL");
  }, deadlineMs);
  await exited;
  clearTimeout(tooLate);
}
