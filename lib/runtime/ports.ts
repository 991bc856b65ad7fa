import { randomInt } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors.ts";

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
async function isFreeWithin(host: string, port: number, patienceMs: number): Promise<boolean> {
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

/** An address that a part is about to listen on, and the variable that moves it. */
export type WantedPort = {
  readonly host: string;
  readonly port: number;
  readonly variable: string;
};

/**
 * @throws {AppError} "conflict" naming every port that is still taken after
 *   `patienceMs`, "invalid" for an address that cannot be listened on at all.
 */
export async function requirePorts(
  wanted: readonly WantedPort[],
  patienceMs: number,
): Promise<void> {
  const taken: string[] = [];
  for (const { host, port, variable } of wanted) {
    const isAvailable = await isFreeWithin(host, port, patienceMs).catch((cause: Error) => {
      throw new AppError(`cannot listen on ${host} port ${port}: ${cause.message}`, {
        code: "invalid",
        cause,
      });
    });
    if (!isAvailable) taken.push(`port ${port} on ${host} is taken; set ${variable}`);
  }
  if (taken.length > 0) throw new AppError(taken.join("\n"), { code: "conflict" });
}
