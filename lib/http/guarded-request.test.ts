import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createServer as createTcpServer } from "node:net";
import { after, describe, test } from "node:test";
import { type Guard, type GuardedRequest, guardedRequest } from "./guarded-request.ts";

const LOOPBACK = ["127.0.0.0/8", "::1/128"];
const GET: GuardedRequest = { method: "GET", timeoutMs: 2_000, maxBytes: 64 };
const at = (address: string) => async () => [{ address, family: address.includes(":") ? 6 : 4 }];
const reasonOf = (url: string, guard: Guard, request = GET) =>
  guardedRequest(url, request, guard).then(
    ({ status }) => `answered ${status}`,
    (error) => error.reason as string,
  );

/** A server on loopback for the life of this file. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const hits: string[] = [];
const port = await serve((request, response) => {
  hits.push(`${request.headers.host} ${request.method} ${request.url}`);
  if (request.url === "/moved") response.writeHead(302, { location: "/secret" });
  if (request.url === "/large") response.write("x".repeat(100_000));
  if (request.url === "/stalls") response.write("first words");
  else if (request.url !== "/silent") response.end("hello");
});

describe("what is refused before a connection is made", () => {
  for (const url of [
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://0/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "http://169.254.169.254/latest/meta-data/",
    "https://8.8.8.8/",
    "https://[fd00:ec2::254]/",
    "https://[2606:4700::1111]/",
  ]) {
    test(url, async () => assert.equal(await reasonOf(url, { allow: [] }), "address_refused"));
  }
  for (const url of [
    "ftp://example.com/",
    "file:///etc/passwd",
    "https://user:word@example.com/",
    "not a url",
    "https://user@example.com/",
    `https://example.com/${"x".repeat(2_000)}`,
    "gopher://example.com",
  ]) {
    test(url.slice(0, 40), async () =>
      assert.equal(await reasonOf(url, { allow: LOOPBACK, resolve: at("127.0.0.1") }), "bad_url"),
    );
  }
  for (const url of [
    "http://public.example/",
    "https://public.example:22/",
    "https://public.example:9000/",
  ]) {
    test(`${url} unless the operator allows its address`, async () =>
      assert.equal(await reasonOf(url, { allow: [], resolve: at("8.8.8.8") }), "bad_url"));
  }
});

describe("names", () => {
  test("a name is refused when one of its addresses is private", async () => {
    const resolve = async () => [
      { address: "8.8.8.8", family: 4 },
      { address: "::ffff:10.0.0.1", family: 6 },
    ];
    assert.equal(
      await reasonOf("https://mixed.example/", { allow: [], resolve }),
      "address_refused",
    );
  });

  test("a name is resolved once, and the connection goes where the check was", async () => {
    const answers = ["127.0.0.1", "10.0.0.1"];
    let asked = 0;
    const resolve = async () => [{ address: answers[asked++] ?? "", family: 4 }];
    const url = `http://rebinding.example:${port}/hook`;
    const answer = await guardedRequest(url, GET, { allow: ["127.0.0.0/8"], resolve });
    assert.deepEqual([answer.status, answer.body.toString(), asked], [200, "hello", 1]);
    assert.equal(hits.at(-1), `rebinding.example:${port} GET /hook`);
    // The next attempt asks again, and sees that the name now leads inside.
    assert.equal(await reasonOf(url, { allow: ["127.0.0.0/8"], resolve }), "address_refused");
  });

  test("a name without addresses is not found", async () => {
    assert.equal(
      await reasonOf("https://x.example/", { allow: [], resolve: async () => [] }),
      "name_not_found",
    );
  });
});

describe("answers", () => {
  const url = (path: string) => `http://127.0.0.1:${port}${path}`;

  test("a redirect is an answer and is not followed", async () => {
    const before = hits.length;
    const { status } = await guardedRequest(url("/moved"), GET, { allow: LOOPBACK });
    assert.equal(status, 302);
    assert.deepEqual(
      hits.slice(before).map((hit) => hit.split(" ")[2]),
      ["/moved"],
    );
  });

  test("no more is read than the limit", async () => {
    const { body, isComplete } = await guardedRequest(url("/large"), GET, { allow: LOOPBACK });
    assert.deepEqual([body.length, isComplete], [64, false]);
  });

  test("a body that stalls does not undo the status", async () => {
    const request = { ...GET, timeoutMs: 200 };
    const answer = await guardedRequest(url("/stalls"), request, { allow: LOOPBACK });
    assert.deepEqual(
      [answer.status, answer.body.toString(), answer.isComplete],
      [200, "first words", false],
    );
  });

  test("silence, refusal, nonsense and untrusted certificates have their names", async () => {
    const tcp = createTcpServer((socket: Socket) =>
      socket
        .on("error", () => {})
        .resume()
        .end("SSH-2.0-OpenSSH_9.9\r\n"),
    );
    await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
    const tcpPort = (tcp.address() as AddressInfo).port;
    const guard = { allow: LOOPBACK };
    assert.equal(await reasonOf(url("/silent"), guard, { ...GET, timeoutMs: 200 }), "timeout");
    assert.equal(await reasonOf(`http://127.0.0.1:${tcpPort}/`, guard), "bad_answer");
    assert.equal(await reasonOf(`https://127.0.0.1:${port}/`, guard), "tls");
    await new Promise((resolve) => tcp.close(resolve));
    assert.equal(await reasonOf(`http://127.0.0.1:${tcpPort}/`, guard), "no_connection");
  });

  test("a slow resolver counts against the time", async () => {
    const { promise, resolve: end } =
      Promise.withResolvers<{ address: string; family: number }[]>();
    const request = { ...GET, timeoutMs: 50 };
    assert.equal(
      await reasonOf("https://x.example/", { allow: [], resolve: () => promise }, request),
      "timeout",
    );
    end([]);
  });
});
