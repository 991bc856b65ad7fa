import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type CurrencyAmount, parseUsd, toDecimal } from "#lib/money/money.ts";
import { convert, convertToUsd } from "./convert.ts";
import { convertDays } from "./convert-days.ts";
import { type DatedRate, ExchangeRates } from "./exchange-rates.ts";

const ecb = (currency: string, date: string, rate: string): DatedRate => {
  return { base: "EUR", currency, date, rate, source: "ECB" };
};
const own = (currency: string, date: string, rate: string): DatedRate => {
  return { base: "USD", currency, date, rate, source: "own" };
};

const RATES = new ExchangeRates([
  ecb("USD", "2026-11-19", "1.25"),
  ecb("USD", "2026-11-20", "1.1"),
  ecb("JPY", "2026-11-19", "165"),
  ecb("JPY", "2026-11-20", "170.5"),
  // A day on which the yen has a rate and the dollar has none.
  ecb("JPY", "2026-11-21", "999"),
  own("TWD", "2026-11-18", "31.5"),
  own("CHF", "2026-11-20", "0.9"),
  ecb("CHF", "2026-11-20", "0.88"),
  ecb("CHF", "2026-11-19", "1"),
]);

describe("converting dollars", () => {
  const rows = [
    ["euro of a weekend", "11", "EUR", "2026-11-22", "10", "2026-11-20", 2],
    ["euro of its day", "10", "EUR", "2026-11-19", "8", "2026-11-19", 0],
    ["euro that divides badly", "1", "EUR", "2026-11-20", "0.909090909090909091", "2026-11-20", 0],
    ["yen through the euro", "2", "JPY", "2026-11-20", "310", "2026-11-20", 0],
    ["yen of the last day with both", "2", "JPY", "2026-11-30", "310", "2026-11-20", 10],
    ["a rate against the dollar", "2", "TWD", "2026-11-20", "63", "2026-11-18", 2],
    ["own before crossed, same day", "10", "CHF", "2026-11-20", "9", "2026-11-20", 0],
    ["crossed where it is the later", "10", "CHF", "2026-11-19", "8", "2026-11-19", 0],
    ["less than nothing", "-11", "EUR", "2026-11-20", "-10", "2026-11-20", 0],
    ["the dollar itself", "1.5", "USD", "2026-11-20", "1.5", "2026-11-20", 0],
  ] as const;
  for (const [name, usd, currency, date, amount, rateDate, ageDays] of rows) {
    test(name, () => {
      const converted = convert(parseUsd(usd), currency, date, RATES);
      assert.ok(converted !== null);
      assert.equal(toDecimal(converted.amount), amount);
      assert.deepEqual([converted.rate.date, converted.rate.ageDays], [rateDate, ageDays]);
    });
  }

  test("adds up days, each by its own rate, those to come by today's", () => {
    const days = [
      { day: "2026-11-19", usd: parseUsd("10") },
      { day: "2026-11-20", usd: parseUsd("11") },
      { day: "2026-11-25", usd: parseUsd("11") },
    ];
    const inEuro = (today: string, told = days) => convertDays(told, "EUR", RATES, today);
    assert.equal(inEuro("2026-11-25"), parseUsd("28") as bigint);
    assert.equal(inEuro("2026-11-19"), parseUsd("25.6") as bigint);
    const early = { day: "2026-11-18", usd: parseUsd("0") };
    assert.equal(inEuro("2026-11-25", [early, ...days]), parseUsd("28") as bigint);
    assert.equal(inEuro("2026-11-25", [{ ...early, usd: parseUsd("1") }, ...days]), null);
  });

  test("says so where no rate is known, before the first and for strangers", () => {
    assert.equal(convert(parseUsd("1"), "EUR", "2026-11-18", RATES), null);
    assert.equal(convert(parseUsd("1"), "SEK", "2026-11-20", RATES), null);
    assert.equal(convertToUsd(1n as CurrencyAmount, "SEK", "2026-11-20", RATES), null);
  });

  test("names the published rates behind a crossed one", () => {
    const used = RATES.on("JPY", "2026-11-20");
    assert.deepEqual(
      used?.quotes.map(({ currency, rate }) => `1 EUR = ${rate} ${currency}`),
      ["1 EUR = 1.1 USD", "1 EUR = 170.5 JPY"],
    );
  });

  test("comes back to the same dollars, but for the last of 18 digits", () => {
    fc.assert(
      fc.property(
        fc.bigInt(-(10n ** 30n), 10n ** 30n),
        fc.integer({ min: 1, max: 10 ** 9 }),
        (atto, rate) => {
          const rates = new ExchangeRates([own("XXX", "2026-01-01", String(rate))]);
          const there = convert(atto as never, "XXX", "2026-01-01", rates);
          assert.ok(there !== null);
          const back = convertToUsd(there.amount, "XXX", "2026-01-01", rates);
          assert.equal(back?.usd, atto);
        },
      ),
    );
  });
});
