import { rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";

/** What a running Outlay tells commands that come to its data directory. */
export type Instance = {
  readonly pid: number;
  /** `start` serves until it is stopped; a `command` borrows the database for a moment. */
  readonly kind: "start" | "command";
  /** Null until the database is up. */
  readonly databaseUrl: string | null;
};

const NAME = "control.sock";
const ANSWER_TIMEOUT_MS = 2_000;

/**
 * Listens in the data directory. The socket is the directory's lock: unlike a
 * file with a process id it cannot outlive its owner, nor mistake another
 * process of the same number for it.
 */
export async function listenForCommands(
  dataDir: string,
  instance: () => Instance,
): Promise<() => Promise<void>> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    socket.end(JSON.stringify(instance()));
  });
  await rm(join(dataDir, NAME), { force: true });
  await listening(server, dataDir);
  server.unref();
  return async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(join(dataDir, NAME), { force: true });
  };
}

/**
 * Asks who holds the data directory.
 *
 * @returns "nobody"; "left" when the last owner was killed; "silent" when an
 *   owner lives and does not answer.
 */
export async function askInstance(
  dataDir: string,
): Promise<Instance | "nobody" | "left" | "silent"> {
  const socket = within(dataDir, () => connect(NAME));
  try {
    return JSON.parse(await answerOf(socket)) as Instance;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return "nobody";
    if (code === "ECONNREFUSED") return "left";
    return "silent";
  } finally {
    socket.destroy();
  }
}

function listening(server: Server, dataDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    within(dataDir, () => server.listen(NAME, () => resolve()));
  });
}

async function answerOf(socket: Socket): Promise<string> {
  socket.setEncoding("utf8");
  socket.setTimeout(ANSWER_TIMEOUT_MS, () => socket.destroy(new Error("no answer")));
  let answer = "";
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

/** A socket's path may have some hundred bytes; named from its own directory it always fits. */
function within<T>(directory: string, action: () => T): T {
  const before = process.cwd();
  process.chdir(directory);
  try {
    return action();
  } finally {
    process.chdir(before);
  }
}
