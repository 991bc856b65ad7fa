import assert from "node:assert/strict";
import { test } from "node:test";
import { localPath } from "./local-path.ts";

test("goes back to a page of this site with its filters", () => {
  assert.equal(
    localPath("/events?period=mtd&filter.team=a%20b"),
    "/events?period=mtd&filter.team=a%20b",
  );
});

test("never sends anybody to another site", () => {
  for (const wanted of [
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "\\\\evil.example",
    "",
    undefined,
    ["/a", "/b"],
  ]) {
    assert.equal(localPath(wanted), "/");
  }
});
