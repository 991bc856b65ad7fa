import type { Tx } from "./client.ts";

/**
 * Runs `COPY … FROM STDIN` with the given text, inside a transaction.
 *
 * The driver's stream never ends when the server refuses the data after the
 * last byte, so a statement sent right behind the data tells of it: in a
 * failed transaction it is refused too (SQLSTATE 25P02).
 *
 * @param next Sends the statements that follow, behind the data and without
 *   waiting for its end; fulfils when they have run.
 * @throws the driver's error, of the server's refusal only that it happened.
 */
export async function copyIn(
  tx: Tx,
  statement: string,
  text: string,
  next: () => Promise<unknown>,
): Promise<void> {
  const stream = await tx.unsafe(statement).writable();
  await new Promise<void>((resolve, reject) => {
    const write = stream._write.bind(stream);
    const finish = stream._final.bind(stream);
    const copied = new Promise<void>((done) => stream.on("finish", done));
    // The text is in memory anyway: what follows need not wait until the server has read it.
    stream._write = (chunk, encoding, callback) => {
      write(chunk, encoding, () => undefined);
      callback();
    };
    stream._final = (callback) => {
      finish(callback);
      Promise.all([tx.unsafe("select 1"), next(), copied]).then(() => resolve(), reject);
    };
    stream.on("error", reject);
    stream.end(text);
  });
}
