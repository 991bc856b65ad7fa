import assert from "node:assert/strict";
import { test } from "node:test";
import { told } from "#lib/refusals/told.ts";
import { readDraft } from "./form-input.ts";

const who = { label: "Fin", today: "2026-11-23", timeZone: "Asia/Taipei" };

type Fields = Readonly<Record<string, string>>;

function contract(fields: Fields) {
  const form = new FormData();
  const all = { draft: "contract", team: "search", provider: "openai", ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  return readDraft(form, who);
}

function ratesOf(fields: Fields) {
  const { draft } = contract(fields);
  assert.equal(draft?.kind, "contract");
  return draft.rates;
}

test("a contract begins and ends with days of the organisation's zone", () => {
  const days = { effective_from: "2026-11-01", effective_to: "2027-01-01" };
  const [rate] = ratesOf({ discount: "12%", ...days });
  assert.equal(rate?.effectiveFrom?.toISOString(), "2026-10-31T16:00:00.000Z");
  assert.equal(rate?.effectiveTo?.toISOString(), "2026-12-31T16:00:00.000Z");
});

test("a discount is of all tokens, or of the unit that is chosen, beside amounts of others", () => {
  const prices = (fields: Fields) => ratesOf(fields).map(({ unit, price }) => [unit, price]);
  const off = { off: { num: 1, den: 5 } };
  assert.deepEqual(prices({ discount: "20%" }), [[null, off]]);
  const both = { discount: "20%", discount_unit: "output", "amount.input_uncached": "4" };
  assert.deepEqual(prices(both), [
    ["input_uncached", { amount: "4", per: 1_000_000 }],
    ["output", off],
  ]);
});

test("what cannot be read is told", () => {
  const wrong = (fields: Fields) =>
    (contract(fields).mistakes ?? []).map((reason) => told(reason, "en")).join();
  assert.match(wrong({}), /an amount or a discount/);
  assert.match(wrong({ discount: "-5%" }), /must be like/);
  assert.match(wrong({ discount: "5%", effective_from: "soon" }), /must be/);
  const backwards = { effective_from: "2026-11-02", effective_to: "2026-11-01" };
  assert.match(wrong({ discount: "5%", ...backwards }), /must be after the start/);
});
