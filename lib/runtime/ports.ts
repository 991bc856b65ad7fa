import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Below the range from which systems take the near end of outgoing connections. */
const LOWEST = 15_000;
const HIGHEST = 30_000;

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = randomInt(LOWEST, HIGHEST);
    if (await isFree("127.0.0.1", port)) return port;
  }
  throw new Error("found no free port on 127.0.0.1");
}

/** Whether a server could listen there now; waits up to `patienceMs` for it to become so. */
export async function isFreeWithin(
  host: string,
  port: number,
  patienceMs: number,
): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (!(await isFree(host, port))) {
    if (Date.now() >= deadline) return false;
    await sleep(100);
  }
  return true;
}

/**
 * @throws the system's error when the address is not this machine's, or the
 *   port needs privileges.
 */
async function isFree(host: string, port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
