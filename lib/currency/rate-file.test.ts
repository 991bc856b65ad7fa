import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readRateFile } from "./rate-file.ts";

// The first columns of the ECB's own eurofxref-hist.csv, in its form: newest
// first, a comma at the end of each line, N/A where nothing was published.
const ECB_FILE = [
  "Date,USD,JPY,CYP,",
  "2026-11-20,1.1588,180.51,N/A,",
  "2026-11-19,1.1610,180.20,N/A,",
  "",
].join("\n");

describe("the ECB's file", () => {
  test("gives a rate for each currency and day that has one", () => {
    const { format, rates, mistakes } = readRateFile(ECB_FILE);
    assert.equal(format, "ecb");
    assert.deepEqual(mistakes, []);
    assert.deepEqual(
      rates.map(({ base, currency, date, rate }) => `${date} ${base} ${currency} ${rate}`),
      [
        "2026-11-20 EUR USD 1.1588",
        "2026-11-20 EUR JPY 180.51",
        "2026-11-19 EUR USD 1.161",
        "2026-11-19 EUR JPY 180.2",
      ],
    );
  });

  test("is understood in the form of the daily file, too", () => {
    const { rates, mistakes } = readRateFile(
      "Date, USD, JPY, \n20 November 2026, 1.1588, 180.51, \n",
    );
    assert.deepEqual(mistakes, []);
    assert.deepEqual(
      rates.map(({ currency, date, rate }) => `${date} ${currency} ${rate}`),
      ["2026-11-20 USD 1.1588", "2026-11-20 JPY 180.51"],
    );
  });
});

describe("the plain file", () => {
  test("states units of the currency for one dollar", () => {
    const { format, rates } = readRateFile(
      "date,currency,rate,source\r\n2026-11-20,twd,31.50,Treasury\r\n",
    );
    assert.equal(format, "plain");
    assert.deepEqual(rates, [
      { base: "USD", currency: "TWD", date: "2026-11-20", rate: "31.5", source: "Treasury" },
    ]);
  });
});

describe("what is wrong is listed with its line", () => {
  const rows = [
    ["nothing", "", null, "the file is empty"],
    ["only a header", "date,currency,rate\n", null, "has no rates"],
    ["other columns", "a,b\n1,2\n", null, "needs the columns"],
    ["an unknown column", "date,currency,rate,x\n", null, "unknown column x"],
    ["no date", "date,currency,rate\n2026-02-30,EUR,1\n", 2, '"2026-02-30" is no date'],
    ["no code", "date,currency,rate\n2026-02-03,EURO,1\n", 2, '"EURO" is no currency code'],
    ["the dollar", "date,currency,rate\n2026-02-03,USD,1\n", 2, "a rate of USD against USD"],
    ["zero", "date,currency,rate\n2026-02-03,EUR,0.00\n", 2, "a rate of 0"],
    ["below zero", "date,currency,rate\n2026-02-03,EUR,-1\n", 2, '"-1" is no plain decimal'],
    ["an exponent", "date,currency,rate\n2026-02-03,EUR,1e3\n", 2, '"1e3" is no plain decimal'],
    ["a comma", 'date,currency,rate\n2026-02-03,EUR,"1,1"\n', 2, '"1,1" is no plain decimal'],
    ["a missing field", "date,currency,rate\n2026-02-03,EUR\n", 2, "2 fields where the header"],
    ["two rates", "date,currency,rate\n2026-02-03,EUR,1\n2026-02-03,EUR,2\n", 3, "has two rates"],
    ["an open quote", 'date,currency,rate\n"2026-02-03,EUR,1\n', 2, "not closed"],
    ["no dollar", "Date,USD,JPY\n2026-02-03,N/A,1\n", 2, "has no rate of USD"],
  ] as const;
  for (const [name, text, line, reason] of rows) {
    test(name, () => {
      const [mistake] = readRateFile(text).mistakes;
      assert.equal(mistake?.line, line);
      assert.ok(mistake?.reason.includes(reason), mistake?.reason);
    });
  }
});
