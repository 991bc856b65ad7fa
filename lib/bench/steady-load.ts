import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export type SteadyLoad = {
  readonly port: number;
  /** Of each request, after what every request has. */
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  readonly bodyOf: (index: number) => string;
  /** Asked a second, at times that do not wait for answers. */
  readonly rate: number;
  readonly seconds: number;
};

export type SteadyTimes = {
  /** From when each question was due to the end of its answer, ms. */
  readonly times: readonly number[];
  /** How late each question was written, ms: a part of its time. */
  readonly lates: readonly number[];
};

const CONNECTIONS = 128;

/**
 * Posts at a steady rate to a server on this machine and reads the answers. A
 * question that is late, or waits for a connection, counts from when it was due.
 * It speaks as little HTTP as it takes, for it shares its processors with what
 * it measures.
 *
 * @throws when an answer is not 200.
 */
export async function loadSteadily(
  { port, headers, path, bodyOf, rate, seconds }: SteadyLoad,
  onAnswer: (body: string) => void,
): Promise<SteadyTimes> {
  const lines = Object.entries({ host: "127.0.0.1", ...headers }).map(([k, v]) => `${k}: ${v}\r\n`);
  const head = `POST ${path} HTTP/1.1\r\n${lines.join("")}content-type: application/json\r\n`;
  const idle = await Promise.all(Array.from({ length: CONNECTIONS }, () => openConnection(port)));
  const opened = [...idle];
  const times: number[] = [];
  const lates: number[] = [];
  const total = rate * seconds;
  const startedAt = performance.now();
  const dueAt = (index: number) => startedAt + (index * 1_000) / rate;
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => {});
  let asked = 0;
  const askDue = (): void => {
    for (; asked < total && dueAt(asked) <= performance.now(); asked += 1) {
      // In turn: a server closes what is idle for seconds.
      const connection = idle.shift();
      if (connection === undefined) return;
      const due = dueAt(asked);
      const body = bodyOf(asked);
      lates.push(performance.now() - due);
      connection
        .ask(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
        .then((answer) => {
          times.push(performance.now() - due);
          idle.push(connection);
          onAnswer(answer);
          askDue();
        })
        .catch(failed.reject);
    }
  };
  while (times.length < total) {
    askDue();
    await Promise.race([sleep(1), failed.promise]);
  }
  for (const { close } of opened) close();
  return { times, lates };
}

type Connection = {
  /** One question at a time. */
  readonly ask: (request: string) => Promise<string>;
  readonly close: () => void;
};

async function openConnection(port: number): Promise<Connection> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opening = connect({ host: "127.0.0.1", port, noDelay: true }, () => resolve(opening));
    opening.once("error", reject);
  });
  let text = "";
  let waiting: PromiseWithResolvers<string> | null = null;
  socket.setEncoding("latin1").on("data", (part: string) => {
    text += part;
    const bodyAt = text.indexOf("\r\n\r\n") + 4;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
    // Latin-1 reads a byte as a character, so that lengths are those of the header.
    if (bodyAt < 4 || !(text.length >= bodyAt + length)) return;
    const answer = text;
    text = "";
    if (answer.startsWith("HTTP/1.1 200 ")) waiting?.resolve(answer.slice(bodyAt));
    else waiting?.reject(new Error(answer));
  });
  const closed = () => new Error("the server closed the connection");
  socket.on("error", (error) => waiting?.reject(error));
  socket.on("close", () => waiting?.reject(closed()));
  return {
    ask: (request) => {
      if (socket.destroyed) throw closed();
      waiting = Promise.withResolvers();
      socket.write(request);
      return waiting.promise;
    },
    close: () => socket.destroy(),
  };
}
