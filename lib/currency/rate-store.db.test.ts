import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseUsd, toDecimal } from "#lib/money/money.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { convert } from "./convert.ts";
import { readRateFile } from "./rate-file.ts";
import { importRates, knownCurrencies, readExchangeRates } from "./rate-store.ts";
import { perUsdText } from "./rate-text.ts";
import { chooseReportingCurrency, readReportingCurrency } from "./reporting-currency.ts";

const { sql } = await createTestDatabase();

const ANA = { kind: "user", id: "u1", label: "ana" } as const;
const ECB_FILE = [
  "Date,USD,JPY,CYP,",
  "2026-11-20,1.1,170.5,N/A,",
  "2026-11-19,1.25,165,N/A,",
  "2026-10-30,1.28,160,N/A,",
].join("\n");
const bring = (text: string, isRehearsal = false) =>
  importRates(sql, readRateFile(text), { by: ANA, isRehearsal });

describe("importing rates", () => {
  test("a rehearsal says what would happen and records nothing", async () => {
    const { added, isApplied, firstDate, lastDate } = await bring(ECB_FILE, true);
    assert.deepEqual([added, isApplied], [6, false]);
    assert.deepEqual([firstDate, lastDate], ["2026-10-30", "2026-11-20"]);
    assert.deepEqual(await knownCurrencies(sql), []);
  });

  test("a file with one mistake is recorded not at all", async () => {
    const { isApplied, mistakes } = await bring(`${ECB_FILE}\n2026-11-18,x,1,1,`);
    assert.deepEqual([isApplied, mistakes.length], [false, 1]);
    assert.deepEqual(await knownCurrencies(sql), []);
  });

  test("the same file again changes nothing, a correction keeps the old rate", async () => {
    assert.equal((await bring(ECB_FILE)).added, 6);
    const again = await bring(ECB_FILE);
    assert.deepEqual([again.added, again.corrected, again.unchanged], [0, 0, 6]);
    const corrected = await bring(ECB_FILE.replace("170.5", "171"));
    assert.deepEqual([corrected.added, corrected.corrected, corrected.unchanged], [0, 1, 5]);
    const rows = await sql<{ rate: string; by: string | null }[]>`
      select trim_scale(rate)::text as rate, superseded_by as by from currency_rate
       where currency = 'JPY' and date = '2026-11-20' order by recorded_at`;
    assert.deepEqual(
      [...rows],
      [
        { rate: "170.5", by: "ana" },
        { rate: "171", by: null },
      ],
    );
    await bring(ECB_FILE);
  });

  test("the currencies are listed with the days that are known", async () => {
    assert.deepEqual(await knownCurrencies(sql), [
      { currency: "EUR", firstDate: "2026-10-30", lastDate: "2026-11-20", days: 3 },
      { currency: "JPY", firstDate: "2026-10-30", lastDate: "2026-11-20", days: 3 },
    ]);
  });
});

describe("the rates of a period", () => {
  const rows = [
    ["EUR", "2026-11-22", "2026-11-22", "2026-11-22", "10"],
    ["EUR", "2026-11-01", "2026-11-22", "2026-11-01", "8.59375"],
    ["JPY", "2026-11-19", "2026-11-19", "2026-11-19", "1452"],
    ["JPY", "2026-10-01", "2026-10-29", "2026-10-29", null],
    ["TWD", "2026-11-20", "2026-11-20", "2026-11-20", "346.5"],
  ] as const;
  test("hold what its days need, also from before it", async () => {
    await bring("date,currency,rate\n2020-01-01,TWD,31.5\n");
    for (const [currency, from, to, date, expected] of rows) {
      const rates = await readExchangeRates(sql, currency, { from, to });
      const converted = convert(parseUsd("11"), currency, date, rates);
      assert.equal(converted === null ? null : toDecimal(converted.amount), expected);
    }
  });
});

describe("the reporting currency", () => {
  test("is the dollar until another is chosen that has rates", async () => {
    assert.equal(await readReportingCurrency(sql), "USD");
    await chooseReportingCurrency(sql, "EUR", ANA);
    assert.equal(await readReportingCurrency(sql), "EUR");
    await assert.rejects(chooseReportingCurrency(sql, "SEK", ANA), /no exchange rate of SEK/);
    await chooseReportingCurrency(sql, "USD", ANA);
    assert.equal(await readReportingCurrency(sql), "USD");
  });
});

describe("the rates of a closed month", () => {
  const october = { from: "2025-09-20", to: "2025-11-05" };
  const on = async (date: string) => {
    const rate = (await readExchangeRates(sql, "CHF", october)).on("CHF", date);
    return rate && [perUsdText(rate), rate.isKept];
  };
  const rateOf = (date: string, rate: string) => bring(`date,currency,rate\n${date},CHF,${rate}\n`);

  test("are those that were known at its closing, until it is opened again", async () => {
    await rateOf("2025-09-30", "0.8");
    await rateOf("2025-10-20", "0.82");
    await sql`
      insert into closed_month (month, closed_at, closed_by, totals, hash)
      values ('2025-10-01', clock_timestamp(), 'ann', '{}', '')`;
    await rateOf("2025-10-20", "0.9");
    await rateOf("2025-10-31", "0.95");
    await rateOf("2025-09-15", "0.7");
    assert.deepEqual(await on("2025-10-05"), ["0.8", true]);
    assert.deepEqual(await on("2025-10-31"), ["0.82", true]);
    assert.deepEqual(await on("2025-09-20"), ["0.7", false]);
    assert.deepEqual(await on("2025-11-05"), ["0.95", false]);
    await sql`update closed_month set reopened_at = now() where month = '2025-10-01'`;
    assert.deepEqual(await on("2025-10-31"), ["0.95", false]);
  });

  test("are today's where none was known then", async () => {
    await sql`
      update closed_month set reopened_at = null, closed_at = '2025-11-01'
       where month = '2025-10-01'`;
    assert.deepEqual(await on("2025-10-31"), ["0.95", false]);
  });
});
