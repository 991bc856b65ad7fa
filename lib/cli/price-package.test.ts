import assert from "node:assert/strict";
import { realpathSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { comparePriceFiles } from "#lib/pricing/compare-price-files.ts";
import catalogue from "#lib/pricing/data/genai-prices.json" with { type: "json" };
import { PriceFile } from "#lib/pricing/price-file.ts";
import { readPricePackage } from "./price-package.ts";

// What `prices check` reads from a package is what the importer reads from it:
// the shipped catalogue was made from the installed version.
test("reads a package's prices as the shipped catalogue has them", async () => {
  const installed = realpathSync(
    fileURLToPath(new URL("../../node_modules/@pydantic/genai-prices", import.meta.url)),
  );
  const read = await readPricePackage(installed, "2026-11-22");
  const shipped = PriceFile.parse(catalogue);
  assert.equal(read.sources.default?.name, shipped.sources.default?.name);
  assert.ok(Object.keys(read.providers).length > 40);
  assert.deepEqual(comparePriceFiles(shipped, read), []);
});
