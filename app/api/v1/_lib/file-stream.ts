import { AppError } from "#lib/errors.ts";

/** Downloads hold a connection each; more at once would starve the pages. */
const MOST_PER_VIEWER = 2;
const MOST_TOGETHER = 4;

const holder = globalThis as typeof globalThis & { outlayDownloads?: Map<string, number> };

/** Writes a piece of the file; waits while the reader is behind, rejects when it is gone. */
export type WritePiece = (text: string) => Promise<void>;

/**
 * Runs a producer whose output is a response body. The promise settles when the
 * producer says what the headers have to hold, or fails before it could.
 * A failure after that breaks the body off, so that a download never ends as if
 * it were whole.
 *
 * @throws {AppError} "rate_limited" while the viewer has two downloads running.
 */
export async function streamFile<Summary>(
  viewerId: string,
  produce: (begin: (summary: Summary) => void, write: WritePiece) => Promise<void>,
): Promise<{ summary: Summary; body: ReadableStream<Uint8Array> }> {
  const release = admit(viewerId);
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

function admit(viewerId: string): () => void {
  holder.outlayDownloads ??= new Map();
  const running = holder.outlayDownloads;
  const own = running.get(viewerId) ?? 0;
  const all = running.values().reduce((sum, count) => sum + count, 0);
  if (own >= MOST_PER_VIEWER || all >= MOST_TOGETHER) {
    throw new AppError("Other downloads are still running", {
      code: "rate_limited",
      retryAfterSeconds: 10,
    });
  }
  running.set(viewerId, own + 1);
  return () => {
    const left = (running.get(viewerId) ?? 1) - 1;
    if (left === 0) running.delete(viewerId);
    else running.set(viewerId, left);
  };
}
