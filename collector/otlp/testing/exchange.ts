/** For tests: one HTTP exchange over a real socket, with every part of the answer. */

import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import { KEYS } from "./memory-receiver.ts";

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

export type Sent = {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Uint8Array | string;
  /** Leaves the request open after `body`, as a slow sender does. */
  readonly unfinished?: boolean;
};

export const JSON_EXPORT = { "content-type": "application/json", "x-api-key": KEYS.ok };

export const ONE_SPAN = JSON.stringify({
  resourceSpans: [
    {
      scopeSpans: [
        { spans: [{ traceId: "5b8efff798038103d269b633813fc60c", spanId: "eee19b7ec3c1b174" }] },
      ],
    },
  ],
});

/** Sends and waits for the answer; by default one good span in JSON with a good key. */
export function exchange(port: number, sent: Sent = {}): Promise<Answer> {
  const { method = "POST", path = "/v1/traces", headers = JSON_EXPORT, body = ONE_SPAN } = sent;
  return new Promise((resolve, reject) => {
    const call = request({ host: "127.0.0.1", port, method, path, headers, agent: false });
    call.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        call.destroy();
      });
    });
    call.on("error", reject);
    if (sent.unfinished === true) call.write(body);
    else call.end(body);
  });
}
