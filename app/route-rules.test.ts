import assert from "node:assert/strict";
import { test } from "node:test";
import { ACTIONS, ADDRESSES, PAGES } from "../e2e/support/route-rules.ts";
import { addressPaths, allPagePaths, serverActions } from "../e2e/support/routes.ts";

// The walk over a running product is e2e/access.spec.ts; these say that nothing is left out of it.

test("every page has its rule, and every rule its page", async () => {
  assert.deepEqual(Object.keys(PAGES).toSorted(), await allPagePaths());
});

test("every address has its rule, and every rule its address", async () => {
  assert.deepEqual(Object.keys(ADDRESSES).toSorted(), await addressPaths());
});

test("every server action has its rule, and a name of its own", async () => {
  const names = (await serverActions()).map(({ name }) => name).toSorted();
  assert.deepEqual(Object.keys(ACTIONS).toSorted(), names);
});

// Arguments of an action are whatever a stranger sends: nothing is awaited before the lock.
test("every server action that is not open asks who it is before all else", async () => {
  const unlocked = (await serverActions())
    .filter(({ name }) => ACTIONS[name] !== "open")
    .filter(({ body }) => !/^await require\w+\(/.test(body.slice(body.indexOf("await "))))
    .map(({ file, name }) => `${file}: ${name}`);
  assert.deepEqual(unlocked, []);
});
