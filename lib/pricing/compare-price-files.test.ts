import assert from "node:assert/strict";
import { test } from "node:test";
import { comparePriceFiles } from "./compare-price-files.ts";
import { PriceFile } from "./price-file.ts";

function file(models: PriceFile["providers"][string]["models"]): PriceFile {
  const source = { name: "test", url: "https://example.com", checkedAt: "2026-11-22" };
  return PriceFile.parse({
    rank: "catalogue",
    sources: { default: source },
    providers: { openai: { models } },
  });
}

const card = (output: string, tier?: string) => ({
  ...(tier === undefined ? {} : { tier }),
  usd: { input_uncached: "1", output },
});

test("tells each price that is new, gone or another one, for the models that share it too", () => {
  const before = file({
    a: { also: ["a-mini"], cards: [card("5")] },
    gone: { cards: [card("9")] },
  });
  const after = file({ a: { also: ["a-mini"], cards: [card("6"), card("3", "batch")] } });
  const changes = comparePriceFiles(before, after).map((change) => [
    change.model,
    change.unit,
    change.conditions,
    change.before,
    change.after,
  ]);
  assert.deepEqual(changes, [
    ["a", "input_uncached", '{"tier":"batch"}', null, "1"],
    ["a", "output", '{"tier":"batch"}', null, "3"],
    ["a", "output", "{}", "5", "6"],
    ["a-mini", "input_uncached", '{"tier":"batch"}', null, "1"],
    ["a-mini", "output", '{"tier":"batch"}', null, "3"],
    ["a-mini", "output", "{}", "5", "6"],
    ["gone", "input_uncached", "{}", "1", null],
    ["gone", "output", "{}", "9", null],
  ]);
  assert.deepEqual(comparePriceFiles(after, after), []);
});
