import assert from "node:assert/strict";
import { test } from "node:test";
import { colorsFor, MAX_SERIES } from "./colors.ts";

test("a name keeps its colour whatever it is shown with, unless the colour is taken", () => {
  const alone = colorsFor(["payments"]).get("payments");
  assert.equal(colorsFor(["payments", "platform"]).get("payments"), alone);
  assert.equal(colorsFor(["search", "payments"]).get("payments"), alone);
});

test("as many names as there are colours get a colour of their own", () => {
  const names = Array.from({ length: MAX_SERIES }, (_, index) => `team-${index}`);
  assert.equal(new Set(colorsFor(names).values()).size, MAX_SERIES);
});
