import { Agent, request as httpRequest } from "node:http";

export type Answer = {
  readonly status: number;
  readonly body: string;
  readonly cookies: readonly string[];
  readonly ms: number;
};

/** One connection, kept open: what is measured is the answer, not the handshake. */
const connection = new Agent({ keepAlive: true, maxSockets: 1 });

/** Asks and reads the answer to its end. Follows no redirects. */
export function ask(
  url: string,
  headers: Readonly<Record<string, string>>,
  post?: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const sent = httpRequest(url, {
      method: post === undefined ? "GET" : "POST",
      agent: connection,
      headers: post === undefined ? headers : { ...headers, "content-type": "application/json" },
    });
    sent.on("response", (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts).toString(),
          cookies: response.headers["set-cookie"] ?? [],
          ms: performance.now() - startedAt,
        }),
      );
    });
    sent.on("error", reject);
    sent.end(post);
  });
}

/**
 * Signs in as a person does.
 *
 * @returns the `cookie` header of the session.
 */
export async function signIn(webUrl: string, email: string, password: string): Promise<string> {
  const body = JSON.stringify({ email, password });
  const answer = await ask(`${webUrl}/api/auth/sign-in/email`, { origin: webUrl }, body);
  if (answer.status !== 200) throw new Error(`cannot sign in: ${answer.status} ${answer.body}`);
  return answer.cookies.map((cookie) => cookie.split(";")[0]).join("; ");
}
