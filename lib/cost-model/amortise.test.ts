import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseUsd, sumUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";
import { amortised, billingPeriods } from "./amortise.ts";
import { someCharge } from "./testing.ts";

test("a monthly seat is due on its day of each month, and its last stretch by days", () => {
  const seat = someCharge({
    amount: parseUsd("30"),
    startsOn: parseDay("2026-01-31"),
    endsOn: parseDay("2026-04-15"),
  });
  const periods = billingPeriods(seat, parseDay("2026-01-01"), parseDay("2027-01-01"));
  assert.deepEqual(
    periods.map(({ from, to, price }) => [dayText(from), dayText(to), toDecimal(price)]),
    [
      ["2026-01-31", "2026-02-28", "30"],
      ["2026-02-28", "2026-03-31", "30"],
      ["2026-03-31", "2026-04-15", "15"],
    ],
  );
});

test("a year paid at once is told by month to the last unit", () => {
  const year = someCharge({
    amount: parseUsd("100000"),
    recurrence: "yearly",
    startsOn: parseDay("2026-03-15"),
  });
  const [period] = billingPeriods(year, parseDay("2026-03-15"), parseDay("2026-03-16"));
  assert.ok(period);
  const november = amortised(period, parseDay("2026-11-01"), parseDay("2026-12-01"));
  assert.equal(toDecimal(november), "8219.178082191780821917");
});

const charges = fc
  .record({
    amount: fc.bigInt({ min: 0n, max: 10n ** 24n }).map((amount) => amount as Usd),
    quantity: fc.integer({ min: 1, max: 50 }),
    recurrence: fc.constantFrom("once" as const, "monthly" as const, "yearly" as const),
    startsOn: fc.integer({ min: 19_000, max: 22_000 }),
    lasts: fc.integer({ min: 1, max: 1_500 }),
  })
  .map(({ lasts, ...rest }) => someCharge({ ...rest, endsOn: rest.startsOn + lasts }));

test("the amortisation of any history adds up to its price, however the days are cut", () => {
  fc.assert(
    fc.property(fc.array(charges, { maxLength: 5 }), fc.nat(1_500), (history, cut) => {
      for (const charge of history) {
        const from = charge.startsOn;
        const to = charge.endsOn ?? from;
        const periods = billingPeriods(charge, from, to);
        const middle = Math.min(from + cut, to);
        const parts = periods.flatMap((period) => [
          amortised(period, from, middle),
          ...Array.from({ length: to - middle }, (_, i) =>
            amortised(period, middle + i, middle + i + 1),
          ),
        ]);
        assert.equal(sumUsd(parts), sumUsd(periods.map(({ price }) => price)));
        assert.equal(periods[0]?.from, from);
        assert.equal(periods.at(-1)?.to, to);
      }
    }),
    { numRuns: 60 },
  );
});

test("a charge that runs its whole year of months costs twelve prices", () => {
  fc.assert(
    fc.property(charges, (charge) => {
      const whole = { ...charge, recurrence: "monthly" as const, startsOn: parseDay("2026-02-01") };
      const periods = billingPeriods(
        { ...whole, endsOn: parseDay("2027-02-01") },
        whole.startsOn,
        parseDay("2028-01-01"),
      );
      const price = charge.amount * BigInt(charge.quantity) * 12n;
      assert.equal(sumUsd(periods.map((period) => period.price)), price);
    }),
  );
});
