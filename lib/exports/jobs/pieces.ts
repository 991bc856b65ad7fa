import type { SqlClient } from "#lib/db/client.ts";

export const PIECE_BYTES = 1_048_576;

/** Cuts what arrives in chunks of any size into pieces of one size; the last may be shorter. */
export async function* piecesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    held.push(chunk);
    bytes += chunk.byteLength;
    if (bytes < PIECE_BYTES) continue;
    const all = Buffer.concat(held);
    const whole = all.byteLength - (all.byteLength % PIECE_BYTES);
    for (let at = 0; at < whole; at += PIECE_BYTES) yield all.subarray(at, at + PIECE_BYTES);
    held = [all.subarray(whole)];
    bytes = all.byteLength - whole;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

/** A stored file from a byte on, so that a download that broke off goes on where it was. */
export async function* readPieces(
  sql: SqlClient,
  { id, attempt }: { readonly id: string; readonly attempt: number },
  start: number,
): AsyncGenerator<Uint8Array> {
  for (let number = Math.floor(start / PIECE_BYTES); ; number++) {
    const [piece] = await sql<{ bytes: Buffer }[]>`
      select bytes from export_piece
       where job_id = ${id}::uuid and attempt = ${attempt} and number = ${number}`;
    if (piece === undefined) return;
    const skipped = Math.max(0, start - number * PIECE_BYTES);
    yield piece.bytes.subarray(skipped);
    if (piece.bytes.byteLength < PIECE_BYTES) return;
  }
}
