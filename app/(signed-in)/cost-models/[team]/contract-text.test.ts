import assert from "node:assert/strict";
import { test } from "node:test";
import { priceText } from "./contract-text.ts";

test("a discount is a percentage where it is one, else a fraction; an amount names its block", () => {
  const off = (num: number, den: number) => priceText({ price: { off: { num, den } } });
  assert.equal(off(3, 25), "−12%");
  assert.equal(off(3, 40), "−7.5%");
  assert.equal(off(1, 3), "−1/3");
  assert.equal(off(1, 1), "−100%");
  assert.equal(off(0, 1), "−0%");
  assert.equal(priceText({ price: { amount: "2.5", per: 1_000_000 } }), "2.5 USD / 1000000");
});
