import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { freePort } from "./ports.ts";
import { SERVER_ENVIRONMENT } from "./postgres-account.ts";
import { createCluster, DATABASE, databaseUrl, OWNER } from "./postgres-cluster.ts";
import { type PostgresHome, preparePostgresHome } from "./postgres-home.ts";
import { stopLeftover } from "./postgres-leftover.ts";

export type EmbeddedPostgresOptions = {
  readonly dataDir: string;
  readonly password: string;
  /** Further settings, for example `fsync: "off"` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Receives each line that the server writes. */
  readonly onLine: (line: string) => void;
};

export type EmbeddedPostgres = {
  readonly url: string;
  /** Settles when the server is gone, whatever the reason. */
  readonly exited: Promise<void>;
  /** Fast shutdown; after `deadlineMs` an immediate one, from which Postgres recovers at its next start. */
  readonly stop: (deadlineMs?: number) => Promise<void>;
  /** Starts the server again at the same address, after it went away by itself. */
  readonly restart: () => Promise<EmbeddedPostgres>;
};

const START_TIMEOUT_MS = 60_000;

/**
 * Starts a real Postgres on 127.0.0.1, creating the database on first use.
 *
 * The caller holds the lock of the data directory: a server found running there
 * is what a killed supervisor left behind, and is stopped first.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const home = await preparePostgresHome(options.dataDir);
  await stopLeftover(home.directory);
  await createCluster(home, options.password);
  const port = await freePort();
  const server = await run(home, port, options);
  await createDatabase(databaseUrl(port, options.password, "postgres"));
  return server;
}

async function run(
  home: PostgresHome,
  port: number,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const child = spawn(
    join(home.installation.root, "bin", "postgres"),
    ["-D", home.directory, ...settingArguments(port, options.settings ?? {})],
    {
      ...(home.account ?? {}),
      cwd: "/",
      env: SERVER_ENVIRONMENT,
      // Its own process group: Ctrl-C in a terminal must reach the supervisor
      // alone, which stops the database after those that write to it.
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  createInterface({ input: child.stderr }).on("line", options.onLine);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  await untilReady(child, home.directory);
  const guard = stopWhenWeDie(child);
  void exited.then(() => guard.kill("SIGKILL"));

  return {
    url: databaseUrl(port, options.password, DATABASE),
    exited,
    stop: (deadlineMs = 4_000) => stop(child, exited, deadlineMs),
    restart: async () => {
      await stopLeftover(home.directory);
      return run(home, port, options);
    },
  };
}

function settingArguments(port: number, extra: Readonly<Record<string, string>>): string[] {
  const megabyte = 1024 * 1024;
  const buffers = Math.min(1024, Math.max(128, Math.floor(totalmem() / megabyte / 16)));
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: `${buffers}MB`,
    max_wal_size: "4GB",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_checkpoints: "off",
    // Statements and their values stay out of the log; whoever sent a failing
    // one gets the error and logs it.
    log_min_messages: "fatal",
    log_min_error_statement: "panic",
    log_line_prefix: "",
    ...extra,
  };
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Waits as pg_ctl does: the eighth line of postmaster.pid says "ready". */
async function untilReady(child: ChildProcess, directory: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw new Error("the embedded Postgres stopped while starting; its reason is in the log");
    }
    const file = await readFile(join(directory, "postmaster.pid"), "utf8").catch(() => "");
    const lines = file.split("\n");
    if (Number(lines[0]) === child.pid && lines[7]?.trim() === "ready") return;
    await sleep(20);
  }
  child.kill("SIGQUIT");
  throw new Error("the embedded Postgres was not ready within a minute");
}

/**
 * Ends the server when this process ends, however it ends: the shell's `cat`
 * returns when our end of its pipe is closed, which the kernel does for us.
 */
function stopWhenWeDie(server: ChildProcess): ChildProcess {
  const guard = spawn("/bin/sh", ["-c", `cat >/dev/null; kill -INT ${server.pid}`], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  return guard;
}

async function stop(child: ChildProcess, exited: Promise<void>, deadlineMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGINT");
  const late = new AbortController();
  const inTime = await Promise.race([
    exited.then(() => true),
    sleep(deadlineMs, false, { signal: late.signal }).catch(() => false),
  ]);
  late.abort();
  if (!inTime) child.kill("SIGQUIT");
  await exited;
}

async function createDatabase(maintenanceUrl: string): Promise<void> {
  const sql = postgres(maintenanceUrl, { max: 1, onnotice: () => {} });
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (found.length === 0) await sql.unsafe(`create database ${DATABASE} owner ${OWNER}`);
  } finally {
    await sql.end();
  }
}
