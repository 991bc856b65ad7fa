import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { sourceImports } from "#lib/testing/source-imports.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Each is a third or more of what all else of ours sends. */
const LARGE = ["@base-ui/react", "recharts", "cmdk"];

/** The packages that a page cannot begin without. */
function neededFirst(page: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (file: string) => {
    for (const { target, isType, isLater } of sourceImports(ROOT, file)) {
      if (isType || isLater || found.has(target)) continue;
      found.add(target);
      if (/^app\/.*\.tsx?$/.test(target)) visit(target);
    }
  };
  visit(page);
  return found;
}

test("the overview and the frame of all pages begin without large libraries", () => {
  for (const page of ["app/(signed-in)/layout.tsx", "app/(signed-in)/page.tsx"]) {
    const needed = neededFirst(page);
    assert.deepEqual(
      LARGE.filter((name) => needed.has(name)),
      [],
      page,
    );
    assert.ok(needed.has("app/_components/popup/popup.tsx"), `${page} opens something`);
  }
});
