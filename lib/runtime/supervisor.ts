import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { type Database, startDatabase } from "./managed-database.ts";
import { type Part, type PartSpec, startPart } from "./part.ts";
import { requirePorts } from "./ports.ts";

/** What the supervisor is made of; the command line gives the real ones. */
export type SupervisorOptions = {
  readonly config: Config;
  readonly log: Log;
  /** Migrates and does what a first start does; runs before any part starts. */
  readonly prepare: (database: Database) => Promise<void>;
  readonly build: (signal: AbortSignal) => Promise<void>;
  readonly parts: (database: Database) => readonly PartSpec[];
  /** Runs once all parts serve. */
  readonly onReady: () => void;
  /** Aborted when all shall stop. */
  readonly signal: AbortSignal;
};

/** Together below the ten seconds in which everything has to be gone. */
const PARTS_DEADLINE_MS = 6_500;
const DATABASE_DEADLINE_MS = 2_500;

/** How long the ports of a killed predecessor may take to become free. */
const TAKEOVER_PATIENCE_MS = 10_000;

/**
 * Runs the database and the parts until `signal`, then stops them in the
 * opposite order: what writes to the database ends before it.
 *
 * @throws {AppError} "conflict" when a port or the data directory is taken;
 *   any error of the start, after everything begun is stopped again.
 */
export async function supervise(options: SupervisorOptions): Promise<void> {
  const { config, log, signal } = options;
  const database = await startDatabase(config, log, async (isTakenOver) =>
    requirePorts(portsOf(config), isTakenOver ? TAKEOVER_PATIENCE_MS : 0),
  );
  let parts: readonly Part[] = [];
  try {
    await allOrFirstError([options.prepare(database), options.build(signal)]);
    signal.throwIfAborted();
    parts = options.parts(database).map((spec) => startPart(spec, log));
    await unlessAborted(signal, Promise.all(parts.map((part) => part.ready)));
    options.onReady();
    await aborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    if (signal.aborted) log.info("stopping");
    await Promise.all(parts.map((part) => part.stop(PARTS_DEADLINE_MS)));
    await database.stop(DATABASE_DEADLINE_MS);
    if (signal.aborted) log.info("stopped");
  }
}

function portsOf({ host, port, otlp }: Config) {
  return [
    { host, port, variable: "PORT" },
    { host: otlp.host, port: otlp.httpPort, variable: "OTLP_HTTP_PORT" },
    { host: otlp.host, port: otlp.grpcPort, variable: "OTLP_GRPC_PORT" },
  ];
}

/** Waits for all to settle, so that nothing still runs when the first error is thrown. */
async function allOrFirstError(promises: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(promises);
  for (const result of results) if (result.status === "rejected") throw result.reason;
}

async function unlessAborted(signal: AbortSignal, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, aborted(signal)]);
  signal.throwIfAborted();
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
