import { createHash } from "node:crypto";
import { chmod, chown, mkdir, readlink, symlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { type Account, canEnter, postgresAccount } from "./postgres-account.ts";
import {
  copyInstallation,
  installedPostgres,
  type PostgresInstallation,
} from "./postgres-binaries.ts";

/** Everything needed to run the server of one data directory. */
export type PostgresHome = {
  /** The database's own directory (PGDATA); absent before `initdb`. */
  readonly directory: string;
  readonly account: Account | null;
  readonly installation: PostgresInstallation;
};

/** Where databases go that the server could not reach below root's own home. */
const SHARED_PARENT = "/var/lib/outlay";

/**
 * Finds a place for the database that the server's account can reach.
 *
 * As root the server runs under another account, which can enter neither a data
 * directory nor a node_modules below /root. The database then lives in
 * /var/lib/outlay, with a link to it in the data directory, and the programs
 * are copied beside it.
 */
export async function preparePostgresHome(dataDir: string): Promise<PostgresHome> {
  const wanted = join(resolve(dataDir), "postgres");
  const linked = await readlink(wanted).catch(() => null);
  let directory = linked === null ? wanted : resolve(dirname(wanted), linked);
  const account = postgresAccount(directory);
  const installation = await installedPostgres();
  if (account === null) return { directory, account, installation };

  await chmod(resolve(dataDir), 0o711);
  if (!canEnter(account, dirname(directory)) && linked === null) {
    directory = await moveToSharedParent(wanted);
  }
  const reachable = canEnter(account, join(installation.root, "bin"));
  return {
    directory,
    account,
    installation: reachable
      ? installation
      : await copyInstallation(installation, dirname(directory)),
  };
}

async function moveToSharedParent(wanted: string): Promise<string> {
  const name = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  const parent = join(SHARED_PARENT, name);
  await mkdir(parent, { recursive: true, mode: 0o711 });
  const directory = join(parent, "postgres");
  await symlink(directory, wanted);
  return directory;
}

/** Creates a directory that only the server's account may read. */
export async function makePrivateDirectory(path: string, account: Account | null): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (account !== null) await chown(path, account.uid, account.gid);
}
