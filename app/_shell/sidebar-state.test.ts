import assert from "node:assert/strict";
import { test } from "node:test";
import { readSidebar, SIDEBAR_COOKIE, sidebarCookie } from "./sidebar-state.ts";

const kept = (cookie: string) => new RegExp(`^${SIDEBAR_COOKIE}=([^;]*); path=/`).exec(cookie)?.[1];

test("what the cookie keeps is what the next page reads", () => {
  for (const state of [
    { isNarrow: false, isOpen: {} },
    { isNarrow: true, isOpen: { costs: true, control: false } },
  ]) {
    assert.deepEqual(readSidebar(kept(sidebarCookie(state))), state);
  }
});

test("a cookie that somebody made up changes nothing", () => {
  const plain = { isNarrow: false, isOpen: {} };
  for (const text of [undefined, "", "narro", "+<b>", "+__PROTO__", "=", "+".repeat(5_000)]) {
    assert.deepEqual(readSidebar(text), plain, text);
  }
});
