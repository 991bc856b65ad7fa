import assert from "node:assert/strict";
import { test } from "node:test";
import { linkToken, readLinkToken } from "./file-link.ts";

const RUN = "0193e4c2-1111-4222-8333-444455556666";
const SECRET = "a secret of the installation";
const UNTIL = new Date("2026-11-30T00:00:00Z");
const BEFORE = new Date("2026-11-29T23:59:59Z");

test("a link opens its run until it ends, and nothing after", () => {
  const token = linkToken(RUN, UNTIL, SECRET);
  assert.equal(readLinkToken(token, SECRET, BEFORE), RUN);
  assert.equal(readLinkToken(token, SECRET, UNTIL), null);
});

test("a link whose run, end or signature was touched opens nothing", () => {
  const token = linkToken(RUN, UNTIL, SECRET);
  const [run = "", until = "", signature = ""] = token.split(".");
  const forged = [
    `${run.replace("0193", "0194")}.${until}.${signature}`,
    `${run}.${Number(until) + 1}.${signature}`,
    `${run}.${until}.${"A".repeat(43)}`,
    ...["", "..", `${token}x`],
  ];
  for (const text of forged) assert.equal(readLinkToken(text, SECRET, BEFORE), null, text);
  assert.equal(readLinkToken(token, "another secret", BEFORE), null);
});
