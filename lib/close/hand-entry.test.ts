import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUsd } from "#lib/money/money.ts";
import { EntryInput } from "./hand-entry.ts";

const ENTRY = { kind: "credit", month: "2026-11", team: "search", note: "n", reference: "r" };

for (const amount of ["0.000000000000000001", "1000000000000", "999999999999999.5"]) {
  test(`an entry of ${amount} may be booked, to the digit`, () => {
    assert.equal(EntryInput.parse({ ...ENTRY, amount }).amount, parseUsd(amount));
  });
}

for (const amount of ["0", "-1", "1e3", "1,000", "1234567890123456", "0.1234567890123456789", ""]) {
  test(`an entry of ${JSON.stringify(amount)} may not be booked`, () => {
    assert.equal(EntryInput.safeParse({ ...ENTRY, amount }).success, false);
  });
}
