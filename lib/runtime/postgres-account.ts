import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { AppError } from "../errors.ts";

/** The uid and gid that Postgres runs under, when they are not our own. */
export type Account = { readonly uid: number; readonly gid: number };

/** All that the server's programs see of our environment: none of our secrets. */
export const SERVER_ENVIRONMENT = {
  LC_ALL: "C",
  PATH: "/usr/bin:/bin",
  // Next's types demand it of every environment.
  NODE_ENV: "production",
} as const;

/**
 * Postgres refuses to run as root. Started as root, it runs under the owner of
 * an existing database, else as `postgres`, else as `nobody`; started as anyone
 * else it runs as that person (null).
 *
 * @param directory the database's directory, which need not exist.
 */
export function postgresAccount(directory: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const owner = statSync(directory, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };

  const accounts = readFileSync("/etc/passwd", "utf8");
  for (const name of ["postgres", "nobody"]) {
    const fields = accounts
      .split("\n")
      .find((line) => line.startsWith(`${name}:`))
      ?.split(":");
    if (fields?.[2] !== undefined && fields[3] !== undefined) {
      return { uid: Number(fields[2]), gid: Number(fields[3]) };
    }
  }
  throw new AppError(
    "Postgres does not run as root, and this machine has neither a user postgres nor nobody; start Outlay as another user or set DATABASE_URL",
    { code: "unavailable" },
  );
}

/** Whether the account can enter the directory. Asks the system, which knows of ACLs and mounts. */
export function canEnter(account: Account, directory: string): boolean {
  const answer = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", directory], {
    ...account,
    cwd: "/",
    stdio: "ignore",
  });
  return answer.status === 0;
}
