import assert from "node:assert/strict";
import { test } from "node:test";
import { openApiDocument } from "./openapi.ts";

test("every address can be described, each path and method once", () => {
  const { paths } = openApiDocument() as { readonly paths: Readonly<Record<string, object>> };
  assert.ok(Object.keys(paths).length > 20);
  assert.ok(Object.values(paths).every((methods) => Object.keys(methods).length > 0));
});
