import { randomBytes } from "node:crypto";
import { access, constants, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors.ts";
import { askInstance, type Instance, listenForCommands } from "./control-socket.ts";

/** A data directory that is ours alone until `release`. */
export type DataDirectory = {
  readonly path: string;
  /** The predecessor was killed: what it left may take a moment to go. */
  readonly isTakenOver: boolean;
  /** Signs sessions and encrypts stored secrets. */
  readonly secret: string;
  readonly databasePassword: string;
  /** Tells commands where the database is from now on. */
  readonly publish: (databaseUrl: string) => void;
  readonly release: () => Promise<void>;
};

const COMMAND_PATIENCE_MS = 60_000;

/**
 * Takes the data directory, creating it and its secrets on first use. Waits
 * while a command has it; a running Outlay does not give it up.
 *
 * @throws {AppError} "conflict" when another Outlay runs on it.
 */
export async function takeDataDirectory(
  path: string,
  kind: Instance["kind"],
): Promise<DataDirectory> {
  await createDirectory(path);
  const isTakenOver = await untilFree(path);
  let databaseUrl: string | null = null;
  const release = await listenForCommands(path, () => ({ pid: process.pid, kind, databaseUrl }));
  return {
    path,
    isTakenOver,
    secret: await keptSecret(join(path, "secret")),
    databasePassword: await keptSecret(join(path, "database-password")),
    publish: (url) => {
      databaseUrl = url;
    },
    release,
  };
}

/** The Outlay that serves from this data directory now, if there is one. */
export async function runningInstance(path: string): Promise<Instance | null> {
  await createDirectory(path);
  const holder = await askInstance(path);
  return typeof holder === "object" && holder.kind === "start" ? holder : null;
}

/** The secret of a data directory, made on first use; readable by its owner alone. */
export async function keptSecret(file: string): Promise<string> {
  const fresh = randomBytes(32).toString("base64url");
  await writeFile(file, `${fresh}\n`, { mode: 0o600, flag: "wx" }).catch(ignoreExisting);
  return (await readFile(file, "utf8")).trim();
}

async function untilFree(path: string): Promise<boolean> {
  const deadline = Date.now() + COMMAND_PATIENCE_MS;
  for (;;) {
    const holder = await askInstance(path);
    if (holder === "nobody" || holder === "left") return holder === "left";
    const isPassing = holder !== "silent" && holder.kind === "command";
    if (!isPassing || Date.now() > deadline) throw taken(path, holder);
    await sleep(100);
  }
}

function taken(path: string, holder: Instance | "silent"): AppError {
  const who = holder === "silent" ? "another process" : `process ${holder.pid}`;
  return new AppError(
    `the data directory ${path} is in use by an Outlay that runs already (${who}); stop that one or set OUTLAY_DATA_DIR`,
    { code: "conflict" },
  );
}

async function createDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new AppError(
      `the data directory ${path} cannot be written to by this user; set OUTLAY_DATA_DIR`,
      { code: "invalid", cause },
    );
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
