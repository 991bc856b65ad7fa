import assert from "node:assert/strict";
import { test } from "node:test";
import { ROLES } from "#lib/access/viewer.ts";
import { isCurrent, keyedItems, navFor, settingsEntry, settingsFor } from "./nav-items.ts";

const allItems = (role: (typeof ROLES)[number]) =>
  [...navFor(role), ...settingsFor(role)].flatMap(({ items }) => items);

test("exactly one page is current, wherever one is", () => {
  for (const path of ["/", "/teams/payments", "/close", "/close/journal", "/settings/teams/a"]) {
    const current = allItems("admin").filter((item) => isCurrent(path, item));
    assert.equal(current.length, 1, path);
    assert.ok(path.startsWith(current[0]?.href ?? "none"), path);
  }
  assert.deepEqual(
    allItems("admin").filter((item) => isCurrent("/account", item)),
    [],
  );
});

test("a key leads to one page only, and no address is there twice", () => {
  for (const role of ROLES) {
    const keys = keyedItems(role).map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length, role);
    const hrefs = allItems(role).map(({ href }) => href);
    assert.equal(new Set(hrefs).size, hrefs.length, role);
  }
});

test("whoever has no settings has no way to them", () => {
  assert.equal(settingsEntry("viewer"), null);
  assert.equal(settingsEntry("manager"), null);
  assert.equal(settingsEntry("finance")?.href, "/settings/organization");
});
