import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, realpath, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#lib/errors.ts";
import type { Destination } from "../destination.ts";

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
const SCRATCH = "outlay-test";

/**
 * A directory below the one that the operator allows. A file appears under its
 * name when all of it is on the disk, and its control totals after it; a reader
 * that waits for those reads no half. Links on the way are refused, so that no
 * path leads out.
 *
 * @param root OUTLAY_EXPORT_DIR; null when it is not set.
 * @param path Checked by `DestinationSettings`: plain names.
 */
export function directoryDestination(root: string | null, path: string): Destination {
  return {
    deliver: async ({ runId, name, body, sidecar }, signal) => {
      const directory = await openDirectory(root, path);
      await removeLeftovers(directory, runId);
      await put(directory, name, { runId, body, signal });
      const totals = [Buffer.from(sidecar(), "utf8")];
      await put(directory, `${name}.control.json`, { runId, body: totals, signal });
      return { location: join(directory, name) };
    },
    test: async (signal) => {
      const directory = await openDirectory(root, path);
      const name = `${SCRATCH}-${randomUUID()}.txt`;
      await put(directory, name, { runId: SCRATCH, body: [Buffer.from("test\n")], signal });
      await rm(join(directory, name));
      return { location: directory };
    },
  };
}

/** Makes what is missing of the path, one name after the other. */
async function openDirectory(root: string | null, path: string): Promise<string> {
  if (root === null) {
    throw new AppError("No directory is allowed: OUTLAY_EXPORT_DIR is not set", {
      code: "unavailable",
    });
  }
  let directory = await realpath(root);
  for (const name of path.split("/")) {
    if (name === "" || name === "." || name === "..") throw leadsOut(path);
    directory = join(directory, name);
    await mkdir(directory).catch(unlessThere);
    if (!(await lstat(directory)).isDirectory()) throw leadsOut(path);
  }
  if ((await realpath(directory)) !== directory) throw leadsOut(path);
  return directory;
}

function leadsOut(path: string): AppError {
  return new AppError(`${path}: a link or a file stands on the way`, { code: "forbidden" });
}

function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}

type Content = {
  readonly runId: string;
  readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  readonly signal: AbortSignal;
};

async function put(directory: string, name: string, { runId, body, signal }: Content) {
  const scratch = join(directory, `.${runId}.${randomUUID()}.part`);
  try {
    const file = await open(scratch, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o640);
    try {
      for await (const piece of body) {
        signal.throwIfAborted();
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    // It takes the place of a link, and never follows one.
    await rename(scratch, join(directory, name));
  } catch (error) {
    await rm(scratch, { force: true });
    throw error;
  }
  const handle = await open(directory, constants.O_RDONLY);
  await handle.sync().finally(() => handle.close());
}

/** What a killed worker has left of the same run. */
async function removeLeftovers(directory: string, runId: string): Promise<void> {
  const left = (await readdir(directory)).filter(
    (name) => name.startsWith(`.${runId}.`) && name.endsWith(".part"),
  );
  await Promise.all(left.map((name) => rm(join(directory, name), { force: true })));
}
