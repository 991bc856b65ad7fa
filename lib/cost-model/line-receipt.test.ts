import assert from "node:assert/strict";
import { test } from "node:test";
import { multiplyFraction, parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";
import { addCosts, NO_COSTS } from "./costs.ts";
import { lineReceipt } from "./line-receipt.ts";
import type { SharedPool } from "./shared-pool.ts";
import { type TeamLine, teamLines } from "./team-lines.ts";
import { metered, someCharge, someInputs, someUsage } from "./testing.ts";

const november = { from: parseDay("2026-11-01"), to: parseDay("2026-12-01") };
const gateway: SharedPool = {
  ...{ id: "pool", name: "Gateway", method: "weights", sourceTeam: null, teams: null },
  ...{ weights: { search: 2, payments: 1 }, effectiveFrom: null, effectiveTo: null },
};
const user = (name: string) => ({
  ...{ month: november.from, team: "search", user: name },
  ...{ provider: "anthropic", model: "claude-sonnet-5" },
});
/** The example of docs/cost-models.md. */
const inputs = someInputs({
  ...november,
  usage: [someUsage({ day: november.from + 3, costs: metered(parseUsd("352")) })],
  users: [user("ann"), user("bo")],
  charges: [
    someCharge({
      ...{ id: "seats", team: "search", amount: parseUsd("30"), quantity: 3 },
      startsOn: november.from,
    }),
    someCharge({
      ...{ id: "gateway", kind: "fee", pool: "pool", amount: parseUsd("90") },
      startsOn: november.from,
    }),
  ],
  pools: [gateway],
  models: [
    {
      ...{ team: "search", effectiveFrom: null, funding: [], headcount: null },
      markup: { num: 1n, den: 20n },
    },
  ],
  teams: new Map([
    ["search", null],
    ["payments", null],
  ]),
});

const sumOf = (lines: readonly Pick<TeamLine, "costs">[]) =>
  lines.reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS);

test("the days of every line's receipt add up to the line", () => {
  const byLine = Map.groupBy(teamLines(inputs), ({ team, kind, charge, pool }) =>
    JSON.stringify({ team, kind, charge, pool }),
  );
  assert.ok(byLine.size > 5);
  for (const [name, lines] of byLine) {
    assert.deepEqual(sumOf(lineReceipt(inputs, JSON.parse(name))), sumOf(lines), name);
  }
});

test("a calculator gets each day's amount from what the receipt says", () => {
  const line = { team: "search", charge: null, pool: null };
  for (const { day, costs, how } of lineReceipt(inputs, {
    ...line,
    kind: "charge",
    charge: "seats",
  })) {
    assert.ok(how?.by === "amortisation" && how.seats !== null);
    const { price, from, to } = how.period;
    const [k, n] = [BigInt(day - from), BigInt(to - from)];
    assert.equal(how.part, (price * (k + 1n)) / n - (price * k) / n, dayText(day));
    const used = multiplyFraction(how.part, BigInt(how.seats.used), BigInt(how.charge.quantity));
    assert.equal(costs.effective, used);
  }
  for (const { costs, how } of lineReceipt(inputs, { ...line, kind: "share", pool: "pool" })) {
    assert.ok(how?.by === "split");
    assert.deepEqual([how.weight, how.weights, toDecimal(how.total.effective)], [2n, 3n, "3"]);
    assert.equal(costs.effective, multiplyFraction(how.total.effective, how.weight, how.weights));
  }
  const markups = lineReceipt(inputs, { ...line, kind: "markup" });
  for (const { costs, how } of markups) {
    assert.ok(how?.by === "markup");
    assert.equal(costs.effective, multiplyFraction(how.base, how.fraction.num, how.fraction.den));
  }
  assert.equal(toDecimal(sumOf(markups).effective as Usd), "25.1");
});
