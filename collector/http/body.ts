import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { AppError } from "#lib/errors.ts";
import type { Hold } from "../otlp/bytes-in-flight.ts";

const GUNZIP_CHUNK_BYTES = 64 * 1024;

/** The sender hung up in the middle of its body; nobody is left to answer. */
export class SenderGone extends Error {
  override readonly name = "SenderGone";
}

/**
 * Throws before a byte is read when the headers already say that the body
 * cannot be taken: an answer now spares the sender the upload.
 *
 * @throws {AppError} "unsupported" or "too_large".
 */
export function checkBodyHeaders(request: IncomingMessage, maxBytes: number): void {
  contentEncoding(request);
  if (Number(request.headers["content-length"] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

/**
 * Reads a body, decompressing it as it comes. The connection stays usable on
 * every failure: a reset instead of an answer would count as retryable.
 *
 * @throws {AppError} "too_large" once it exceeds `maxBytes` before or after
 *   decompression, "invalid" on broken gzip, "unavailable" from `hold`.
 * @throws {SenderGone}
 */
export async function readBody(
  request: IncomingMessage,
  limits: { maxBytes: number; hold: Hold },
): Promise<Buffer> {
  const isGzip = contentEncoding(request) === "gzip";
  const gunzip = isGzip ? createGunzip({ chunkSize: GUNZIP_CHUNK_BYTES }) : null;
  try {
    const source = gunzip === null ? request : request.pipe(gunzip);
    return await Promise.race([collect(source, limits), senderGone(request)]);
  } catch (error) {
    if (gunzip !== null) request.unpipe(gunzip).resume();
    gunzip?.destroy();
    throw error;
  }
}

function collect(
  source: Readable,
  { maxBytes, hold }: { maxBytes: number; hold: Hold },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      try {
        if (size > maxBytes) throw tooLarge(maxBytes);
        hold.add(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        source.off("data", take);
        reject(error);
      }
    };
    source.on("data", take);
    source.once("end", () => resolve(joined(chunks, size)));
    // Only gunzip fails this way; it does not quote the body, but says nothing of use either.
    source.once("error", (cause) =>
      reject(new AppError("the body is not valid gzip", { code: "invalid", cause })),
    );
  });
}

function joined(chunks: readonly Buffer[], size: number): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks, size);
}

/** Never resolves; the body's end is told by its stream. */
function senderGone(request: IncomingMessage): Promise<never> {
  return new Promise((_, reject) => {
    const gone = () => reject(new SenderGone("the sender closed the connection"));
    request.once("error", gone);
    request.once("close", () => {
      if (!request.complete) gone();
    });
  });
}

function contentEncoding(request: IncomingMessage): "gzip" | "identity" {
  const named = (request.headers["content-encoding"] ?? "").trim().toLowerCase();
  if (named === "" || named === "identity") return "identity";
  if (named === "gzip" || named === "x-gzip") return "gzip";
  throw new AppError("Content-Encoding must be gzip or identity", { code: "unsupported" });
}

function tooLarge(maxBytes: number): AppError {
  return new AppError(`the body exceeds ${maxBytes} bytes`, { code: "too_large" });
}
