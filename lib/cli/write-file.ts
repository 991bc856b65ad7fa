import { open, rename, rm } from "node:fs/promises";
import { AppError } from "#lib/errors.ts";

export type Write = (piece: string | Uint8Array) => Promise<unknown>;

/** The file appears under its name when it is whole; a failure leaves none. */
export async function writeFileWhole<Result>(
  path: string,
  produce: (write: Write) => Promise<Result>,
): Promise<Result> {
  const draft = `${path}.part`;
  const file = await open(draft, "w").catch((cause: Error) => {
    throw new AppError(`${path} cannot be written: ${cause.message}`, { code: "invalid", cause });
  });
  try {
    const result = await produce((piece) => file.appendFile(piece));
    await file.close();
    await rename(draft, path);
    return result;
  } catch (error) {
    await file.close().catch(() => {});
    await rm(draft, { force: true });
    throw error;
  }
}

/** Waits for a slow reader; `head` may close the pipe early. */
export function toStandardOutput(piece: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(piece, (error) => (error == null ? resolve() : reject(error)));
  });
}
