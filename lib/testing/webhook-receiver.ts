import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { inTime } from "./in-time.ts";

export type ReceivedRequest = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
};

export type ReceiverAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type WebhookReceiver = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** How requests are answered from now on; "never" leaves them hanging. */
  answer: (request: ReceivedRequest) => ReceiverAnswer | "never";
  /** Fulfils once that many requests have come and been answered, or been left; fails when they do not come. */
  readonly hasReceived: (count: number) => Promise<void>;
  /** The same of messages with a webhook-id of their own, however often each comes. */
  readonly hasReceivedIds: (count: number) => Promise<void>;
  readonly close: () => void;
};

/** An HTTP server on loopback that keeps what it is sent. */
export async function startReceiver(): Promise<WebhookReceiver> {
  const waiting = new Set<{ readonly isDone: () => boolean; readonly done: () => void }>();
  const server = createServer(async (incoming, response) => {
    const chunks = await incoming.toArray();
    const { url: path = "", headers } = incoming;
    const request = { path, headers, body: Buffer.concat(chunks).toString("utf8") };
    receiver.requests.push(request);
    const answer = receiver.answer(request);
    if (answer !== "never") response.writeHead(answer.status, answer.headers).end(answer.body);
    for (const wait of waiting) {
      if (!wait.isDone()) continue;
      waiting.delete(wait);
      wait.done();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const differentIds = () =>
    new Set(receiver.requests.map(({ headers }) => headers["webhook-id"])).size;
  const until = (counted: () => number, count: number, what: string) =>
    inTime(
      new Promise<void>((done) => {
        const isDone = () => counted() >= count;
        if (isDone()) done();
        else waiting.add({ isDone, done });
      }),
      () => `${count} ${what} at the receiver, which has ${counted()}`,
    );
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}`,
    requests: [],
    answer: () => ({ status: 200 }),
    hasReceived: (count) => until(() => receiver.requests.length, count, "requests"),
    hasReceivedIds: (count) => until(differentIds, count, "messages by webhook-id"),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}
