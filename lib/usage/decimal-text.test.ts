import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseUsd, toDecimal } from "#lib/money/money.ts";
import { decimalText } from "./decimal-text.ts";

test("reported amounts become plain decimals without binary arithmetic", () => {
  const cases: [unknown, number, string | null][] = [
    [0.32, 0, "0.32"],
    [32.1, -2, "0.321"],
    ["12345.67", -2, "123.4567"],
    [1e-7, 0, "0.0000001"],
    ["1.5E3", 0, "1500"],
    [-0.5, 0, "-0.5"],
    ["0.1308043834030752631", 0, "0.130804383403075263"],
    ["0.0000000000000000005", 0, "0"],
    ["0.0000000000000000015", 0, "0.000000000000000002"],
    ["", 0, null],
    [".", 0, null],
    ["Included", 0, null],
    [Number.NaN, 0, null],
    [Number.POSITIVE_INFINITY, 0, null],
    ["1e400", 0, null],
    ["1e-999", 0, "0"],
    [{}, 0, null],
  ];
  for (const [value, shift, expected] of cases) {
    assert.equal(decimalText(value, shift), expected, String(value));
  }
});

test("every dollar amount survives the way through its text", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }), (atto) => {
      const text = toDecimal(atto as ReturnType<typeof parseUsd>);
      assert.equal(decimalText(text), text);
    }),
  );
});

test("any finite double yields what parseUsd reads, or nothing", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (value) => {
      const text = decimalText(value);
      if (text !== null) parseUsd(text);
    }),
  );
});
