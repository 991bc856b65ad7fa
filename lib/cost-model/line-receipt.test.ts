import assert from "node:assert/strict";
import { test } from "node:test";
import { multiplyFraction, parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";
import { addCosts, NO_COSTS } from "./costs.ts";
import type { Drawing } from "./draw-down.ts";
import { lineReceipt } from "./line-receipt.ts";
import type { SharedPool } from "./shared-pool.ts";
import { type TeamLine, teamLines } from "./team-lines.ts";
import { metered, prepaid, someCharge, someInputs, someUsage } from "./testing.ts";

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

const DRAWN = (["commitment", "credits"] as const).flatMap((funding) =>
  [0, 1, 2, 5].flatMap((day) => [
    someUsage({ ...{ day, funding, tokens: 400n }, costs: prepaid(parseUsd(`${3 + day}`)) }),
    someUsage({ ...{ day, funding, team: "payments" }, costs: prepaid(parseUsd("1.5")) }),
  ]),
);

/** Each kind that usage draws on: 20 dollars for ten days. */
const DRAWN_ON = (["credits", "commitment", "provisioned"] as const).map((kind) =>
  someInputs({
    ...{ from: 0, to: 10, usage: DRAWN },
    charges: [
      someCharge({
        ...{ id: kind, kind, amount: parseUsd("20"), recurrence: "once", endsOn: 10 },
        dailyTokens: kind === "provisioned" ? 1000n : null,
      }),
    ],
  }),
);

const least = (a: bigint, b: bigint) => (a < b ? a : b);
const total = (amounts: Iterable<bigint>) => [...amounts].reduce((sum, each) => sum + each, 0n);

/** What the day's use comes to, by the receipt's own figures. */
function reckoned(drawing: Drawing, part: bigint, day: number): bigint {
  if (drawing.of === "commitment") return least(drawing.amortised, drawing.worth) - drawing.before;
  if (drawing.of === "provisioned") return least(part, (part * drawing.tokens) / 1000n);
  const asked = DRAWN.filter((row) => row.day === day && row.funding === "credits");
  return least(drawing.left, total(asked.map(({ costs }) => costs.contracted)));
}

for (const inputs of DRAWN_ON) {
  const charge = inputs.charges[0]?.id ?? "";
  test(`a calculator gets what was drawn of ${charge} from what the receipt says`, () => {
    const receipts = ["search", "payments"].flatMap((team) =>
      lineReceipt(inputs, { team, kind: "charge", charge, pool: null }).map((day) => ({
        ...{ team, ...day },
      })),
    );
    assert.ok(receipts.length > 5);
    for (const { team, day, costs, how } of receipts) {
      assert.ok(how?.by === "drawing");
      const { drawing, part } = how;
      const used = reckoned(drawing, part, day);
      assert.equal(used, drawing.of === "credits" ? drawing.drawn : drawing.used);
      if (drawing.of === "credits") continue;
      const own = multiplyFraction(
        used as Usd,
        drawing.byTeam.get(team) ?? 0n,
        total(drawing.byTeam.values()),
      );
      // Shares add up to the whole, so one of them may be off by the last digit there is.
      const off = costs.effective - own;
      assert.ok(off >= -1n && off <= 1n, `${team} ${day}`);
    }
  });

  test(`the receipt of what is owed beyond ${charge} says what it was worth and what was paid`, () => {
    const owed = ["search", "payments"].flatMap((team) =>
      lineReceipt(inputs, { team, kind: "overage", charge: null, pool: null }),
    );
    assert.ok(owed.length > 0);
    for (const { costs, how } of owed) {
      assert.ok(how?.by === "overage");
      assert.equal(costs.effective, how.worth - how.paid);
    }
  });
}

test("a line of one cost centre has a receipt of its own, whose markup can be worked out again", () => {
  const cents = (costCenter: string | null, amount: string) =>
    someUsage({ day: november.from + 3, costCenter, costs: metered(parseUsd(amount)) });
  const both = { ...inputs, usage: [cents("CC-1", "0.333"), cents(null, "0.777")] };
  const byLine = Map.groupBy(teamLines(both), ({ team, kind, charge, pool, costCenter }) =>
    JSON.stringify({ team, kind, charge, pool, costCenter }),
  );
  const centers = new Set([...byLine.values()].flat().map(({ costCenter }) => costCenter));
  assert.deepEqual(centers, new Set(["CC-1", null]));
  for (const [name, lines] of byLine) {
    const days = lineReceipt(both, JSON.parse(name));
    assert.deepEqual(sumOf(days), sumOf(lines), name);
    for (const { costs, how } of days) {
      if (how?.by !== "markup") continue;
      const { num, den } = how.fraction;
      assert.equal(costs.effective, multiplyFraction(how.base, num, den));
    }
  }
});
