import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd } from "#lib/money/money.ts";
import { formatUsd, formatUsdExact, formatUsdRate } from "./format-usd.ts";

test("shows two decimals, rounded for the eye only", () => {
  assert.equal(formatUsd(parseUsd("1234.5"), "en"), "$1,234.50");
  assert.equal(formatUsd(parseUsd("0.999999"), "en"), "$1.00");
});

test("never lets an amount that is not zero read as zero", () => {
  assert.equal(formatUsd(parseUsd("0.000000000000000001"), "en"), "< $0.01");
  assert.equal(formatUsd(parseUsd("-0.004"), "en"), "> −$0.01");
  assert.equal(formatUsd(parseUsd("0"), "en"), "$0.00");
});

test("keeps every digit of amounts that a double cannot hold", () => {
  assert.equal(
    formatUsdExact(parseUsd("12345678901234567.123456789012345678"), "en"),
    "$12,345,678,901,234,567.123456789012345678",
  );
});

test("a rate below a cent keeps two digits that say something", () => {
  const rate = (text: string) => formatUsdRate(parseUsd(text), "en");
  assert.equal(rate("0"), "$0.00");
  assert.equal(rate("0.00000113"), "$0.0000011");
  assert.equal(rate("0.175"), "$0.175");
  assert.equal(rate("18.38579"), "$18.3858");
});
