import assert from "node:assert/strict";
import { test } from "node:test";
import { streamFile } from "./file-stream.ts";

const NEVER = new AbortController().signal;

test("gives the summary first and the pieces as they are read", async () => {
  const { summary, body } = await streamFile<number>(NEVER, async (begin, write) => {
    begin(2);
    await write("a,");
    await write("b");
  });
  assert.equal(summary, 2);
  assert.equal(await new Response(body).text(), "a,b");
});

test("fails before the headers when the producer does", async () => {
  await assert.rejects(
    streamFile(NEVER, async () => {
      throw new Error("no such column");
    }),
    /no such column/,
  );
});

test("breaks off, rather than end, when the producer fails on the way", async () => {
  const { body } = await streamFile<number>(NEVER, async (begin, write) => {
    begin(1);
    await write("half");
    throw new Error("connection lost");
  });
  await assert.rejects(new Response(body).text(), /connection lost/);
});

test("the producer ends when the reader leaves, read or unread", async () => {
  for (const isRead of [true, false]) {
    const leaving = new AbortController();
    const ended = Promise.withResolvers<string>();
    const { body } = await streamFile<number>(leaving.signal, async (begin, write) => {
      begin(1);
      try {
        for (;;) await write("row");
      } catch (error) {
        ended.resolve(String(error));
        throw error;
      }
    });
    if (isRead) await body.getReader().read();
    leaving.abort();
    assert.match(await ended.promise, /the reader has left/);
  }
});

test("a fifth download waits for one of the four before it", async () => {
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const running = gates.map((gate) =>
    streamFile<number>(NEVER, async (begin) => {
      await gate.promise;
      begin(0);
    }),
  );
  let hasBegun = false;
  const fifth = streamFile<number>(NEVER, async (begin) => {
    hasBegun = true;
    begin(5);
  });
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(hasBegun, false);
  gates[0]?.resolve();
  assert.equal((await fifth).summary, 5);
  for (const gate of gates) gate.resolve();
  await Promise.all(running.map(async (download) => new Response((await download).body).text()));
  await new Response((await fifth).body).text();
});
