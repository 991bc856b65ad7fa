import { spawn } from "node:child_process";
import { chown, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../errors.ts";
import { SERVER_ENVIRONMENT } from "./postgres-account.ts";
import { makePrivateDirectory, type PostgresHome } from "./postgres-home.ts";

export const OWNER = "outlay";
export const DATABASE = "outlay";

/** Postgres does not open the files of another major version. */
const MAJOR_VERSION = "18";

/**
 * Creates the database's files, unless they exist.
 *
 * They are made in a directory beside it and renamed into place, so a start
 * that is interrupted leaves nothing that looks like a database.
 */
export async function createCluster(home: PostgresHome, password: string): Promise<void> {
  const version = await existingVersion(home.directory);
  if (version === MAJOR_VERSION) return;
  if (version !== null) {
    throw new AppError(
      `${home.directory} holds a database of Postgres ${version}, and this Outlay brings Postgres ${MAJOR_VERSION}; move it with pg_dump or set DATABASE_URL`,
      { code: "conflict" },
    );
  }
  const unfinished = `${home.directory}.unfinished`;
  const passwordFile = `${home.directory}.password`;
  await rm(unfinished, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await makePrivateDirectory(unfinished, home.account);
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (home.account !== null) await chown(passwordFile, home.account.uid, home.account.gid);
    await runInitdb(home, unfinished, passwordFile);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, home.directory);
}

export function databaseUrl(port: number, password: string, database: string): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${database}`;
}

async function existingVersion(directory: string): Promise<string | null> {
  const found = await stat(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (found === null) return null;
  try {
    return (await readFile(join(directory, "PG_VERSION"), "utf8")).trim();
  } catch (cause) {
    throw new AppError(
      `${directory} cannot be read as a database; if another user created it, start Outlay as that user`,
      { code: "conflict", cause },
    );
  }
}

async function runInitdb(home: PostgresHome, target: string, passwordFile: string): Promise<void> {
  const child = spawn(
    join(home.installation.root, "bin", "initdb"),
    [
      `--pgdata=${target}`,
      `--username=${OWNER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      "--no-sync",
    ],
    {
      ...(home.account ?? {}),
      cwd: "/",
      env: SERVER_ENVIRONMENT,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk.toString("utf8");
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0) {
    throw new AppError(`the database could not be created: ${complaint.trim()}`, {
      code: "unavailable",
    });
  }
}
