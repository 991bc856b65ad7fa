import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "#lib/log.ts";
import { serveUntilStopped } from "#lib/runtime/part-process.ts";
import { isFleetMessage } from "./fleet-message.ts";
import { SumOfMetrics } from "./sum-of-metrics.ts";

const RESTART_AFTER_MS = 500;
/** A batch lives for some hundred milliseconds; with less room it is copied about before it dies. */
const YOUNG_GENERATION = "--max-semi-space-size=64";

/**
 * Runs this program in so many processes that share its ports: while one
 * waits for the database, another reads what came in. Each is started again
 * when it ends by itself. Stops with all of them.
 *
 * @throws when one ends before it first serves.
 */
export async function runFleet(processes: number, log: Log): Promise<void> {
  let isStopping = false;
  const metrics = new SumOfMetrics();
  cluster.on("message", (worker, message: unknown) => {
    if (isFleetMessage(message)) metrics.take(worker, message, membersOf());
  });
  cluster.on("fork", ({ process }) => log.info("starts a process", { pid: process.pid }));
  cluster.setupPrimary({ execArgv: [...process.execArgv, YOUNG_GENERATION] });
  await Promise.all(Array.from({ length: processes }, () => serving(cluster.fork())));
  cluster.on("exit", async (_, code, signal) => {
    if (isStopping) return;
    log.error("a process of the collector ended by itself, starts again", {
      how: signal ?? `exit code ${code}`,
    });
    await sleep(RESTART_AFTER_MS);
    if (!isStopping) cluster.fork();
  });
  serveUntilStopped(log, async () => {
    isStopping = true;
    await Promise.all(membersOf().map(stop));
  });
}

function membersOf(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

function serving(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("a process of the collector ended while starting"));
    worker.once("exit", onExit);
    worker.on("message", (message: unknown) => {
      if (message !== "ready") return;
      worker.off("exit", onExit);
      resolve();
    });
  });
}

async function stop(worker: Worker): Promise<void> {
  if (worker.isDead()) return;
  const exited = once(worker, "exit");
  worker.process.kill("SIGTERM");
  await exited;
}
