import { AppError } from "#lib/errors.ts";

/** Downloads hold a connection each; more at once would starve the pages. Others wait their turn. */
const MOST_AT_ONCE = 4;
const MOST_WAITING = 50;

type Queue = { running: number; readonly waiting: (() => void)[] };
const holder = globalThis as typeof globalThis & { outlayDownloads?: Queue };

/** Writes a piece of the file; waits while the reader is behind, rejects when it is gone. */
export type WritePiece = (text: string) => Promise<void>;

/**
 * Runs a producer whose output is a response body. The promise settles when the
 * producer says what the headers have to hold, or fails before it could.
 * A failure after that breaks the body off, so that a download never ends as if
 * it were whole.
 *
 * @throws {AppError} "rate_limited" when too many downloads wait already.
 */
export async function streamFile<Summary>(
  produce: (begin: (summary: Summary) => void, write: WritePiece) => Promise<void>,
): Promise<{ summary: Summary; body: ReadableStream<Uint8Array> }> {
  const release = await admit();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  try {
    const summary = await new Promise<Summary>((resolve, reject) => {
      produce(resolve, async (text) => {
        await writer.ready;
        await writer.write(encoder.encode(text));
      })
        .then(() => writer.close())
        .catch(async (error: unknown) => {
          reject(error);
          await writer.abort(error).catch(() => {});
        })
        .finally(release);
    });
    return { summary, body: readable };
  } catch (error) {
    await readable.cancel().catch(() => {});
    throw error;
  }
}

async function admit(): Promise<() => void> {
  holder.outlayDownloads ??= { running: 0, waiting: [] };
  const queue = holder.outlayDownloads;
  if (queue.running >= MOST_AT_ONCE) {
    if (queue.waiting.length >= MOST_WAITING) {
      throw new AppError("Too many downloads are waiting", {
        code: "rate_limited",
        retryAfterSeconds: 30,
      });
    }
    // Whoever ends hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => queue.waiting.push(resolve));
  } else {
    queue.running += 1;
  }
  return () => {
    const next = queue.waiting.shift();
    if (next === undefined) queue.running -= 1;
    else next();
  };
}
