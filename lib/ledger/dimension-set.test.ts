import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { boundedName, DIMENSION_COLUMNS, dimensionSetId } from "./dimension-set.ts";
import type { Dimensions } from "./ledger-row.ts";

const NONE: Dimensions = {
  kind: "model_call",
  team: "payments",
  project: null,
  environment: null,
  service: null,
  agent: null,
  workflow: null,
  tool: null,
  provider: null,
  model: null,
  tier: null,
  dialect: "otel-genai",
  status: "ok",
  costCenter: null,
};

test("the id depends on every dimension, and on where a value stands", () => {
  const ids = DIMENSION_COLUMNS.map(([, key]) => dimensionSetId({ ...NONE, [key]: "x" }));
  ids.push(dimensionSetId(NONE));
  assert.equal(new Set(ids).size, DIMENSION_COLUMNS.length + 1);
  assert.equal(dimensionSetId({ ...NONE }), dimensionSetId(NONE));
});

test("nothing and the empty text are two things, and no text reaches into its neighbour", () => {
  const id = (project: string | null, environment: string | null) =>
    dimensionSetId({ ...NONE, project, environment });
  const ids = [
    id(null, null),
    id("", null),
    id(null, ""),
    id("ab", "c"),
    id("a", "bc"),
    id("abc", ""),
  ];
  assert.equal(new Set(ids).size, ids.length);
});

test("the id fits Postgres' int8", () => {
  fc.assert(
    fc.property(fc.string(), (team) => {
      const id = dimensionSetId({ ...NONE, team });
      assert.equal(BigInt.asIntN(64, id), id);
    }),
  );
});

test("names are storable and of bounded length, and bounding twice is bounding once", () => {
  assert.equal(boundedName(null), null);
  assert.equal(boundedName(""), null);
  assert.equal(boundedName("\u0000"), null);
  assert.equal(boundedName("a\u0000b"), "ab");
  assert.equal(boundedName("x".repeat(200)), "x".repeat(200));
  assert.equal(boundedName("x".repeat(201)), `${"x".repeat(199)}…`);
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (name) => {
      const bounded = boundedName(name);
      assert.equal(boundedName(bounded), bounded);
      assert.ok((bounded ?? "").length <= 200 && (bounded ?? "").isWellFormed());
    }),
  );
  assert.ok(boundedName("😀".repeat(150))?.isWellFormed());
});
