import { AppError } from "#lib/errors.ts";

/** Downloads hold a connection each; more at once would starve the pages. Others wait their turn. */
const MOST_AT_ONCE = 4;
const MOST_WAITING = 50;
/** A reader that takes nothing for so long has gone. */
const SILENCE_MS = 60_000;

type Queue = { running: number; readonly waiting: (() => void)[] };
const holder = globalThis as typeof globalThis & { outlayDownloads?: Queue };

/** Writes a piece of the file; waits while the reader is behind, rejects when it is gone. */
export type WritePiece = (piece: string | Uint8Array) => Promise<void>;

/**
 * Runs a producer whose output is a response body. The promise settles when the
 * producer says what the headers have to hold, or fails before it could.
 * A failure after that breaks the body off, so that a download never ends as if
 * it were whole.
 *
 * @param signal Ends the producer when the reader leaves, also before the first
 *   byte: a body that nobody began to read is never cancelled.
 * @param options `isPatient`: the reader may take all the time there is.
 * @throws {AppError} "rate_limited" when too many downloads wait already.
 */
export async function streamFile<Summary>(
  signal: AbortSignal,
  produce: (begin: (summary: Summary) => void, write: WritePiece) => Promise<void>,
  { isPatient = false }: { readonly isPatient?: boolean | undefined } = {},
): Promise<{ summary: Summary; body: ReadableStream<Uint8Array> }> {
  const release = await admit();
  const pipe = openPipe(isPatient);
  if (signal.aborted) pipe.leave();
  signal.addEventListener("abort", pipe.leave, { once: true });
  return new Promise((resolve, reject) => {
    produce((summary) => resolve({ summary, body: pipe.body }), pipe.write)
      .then(pipe.end)
      .catch((error: unknown) => {
        reject(error);
        pipe.breakOff(error);
      })
      .finally(() => {
        signal.removeEventListener("abort", pipe.leave);
        release();
      });
  });
}

/** A body that its writer can leave at once; the writer of a TransformStream cannot while it waits. */
function openPipe(isPatient: boolean) {
  const left = Promise.withResolvers<never>();
  // It may well happen while nobody waits for it.
  left.promise.catch(() => {});
  const leave = () => left.reject(new Error("the reader has left"));
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  let wanted = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    start: (own) => {
      controller = own;
    },
    pull: () => wanted.resolve(),
    cancel: leave,
  });
  const encoder = new TextEncoder();
  const write = async (piece: string | Uint8Array) => {
    const silence = isPatient ? undefined : setTimeout(leave, SILENCE_MS);
    try {
      await Promise.race([left.promise, wanted.promise]);
    } finally {
      clearTimeout(silence);
    }
    wanted = Promise.withResolvers<void>();
    controller?.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
  };
  return {
    body,
    write,
    leave,
    end: () => controller?.close(),
    breakOff: (error: unknown) => controller?.error(error),
  };
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
