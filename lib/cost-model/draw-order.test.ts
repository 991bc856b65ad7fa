import assert from "node:assert/strict";
import { test } from "node:test";
import { toDecimal, parseUsd as usd } from "#lib/money/money.ts";
import { parseDay } from "#lib/time/civil-day.ts";
import { type TeamLine, teamLines } from "./team-lines.ts";
import { effectiveOf, prepaid, someCharge, someInputs, someUsage } from "./testing.ts";

const november = { from: parseDay("2026-11-01"), to: parseDay("2026-12-01") };

test("of two credits the one that ends first is drawn first, though the other is older", () => {
  const credits = { kind: "credits", team: "search", recurrence: "once" } as const;
  const older = { ...credits, id: "older", amount: usd("100"), startsOn: november.from - 31 };
  const ending = { ...credits, id: "ending", amount: usd("50"), startsOn: november.from };
  const charges = [
    someCharge({ ...older, endsOn: november.to }),
    someCharge({ ...ending, endsOn: november.from + 15 }),
  ];
  const usage = ["30", "30", "20"].map((worth, i) =>
    someUsage({ day: november.from + i, funding: "credits", costs: prepaid(usd(worth)) }),
  );
  const lines = teamLines(someInputs({ ...november, charges, usage }));
  const sumOf = (matches: (line: TeamLine) => boolean) => toDecimal(effectiveOf(lines, matches));
  const drawn = (id: string) => sumOf((line) => line.charge === id && line.kind === "charge");
  assert.deepEqual([drawn("ending"), drawn("older")], ["50", "30"]);
  assert.equal(
    sumOf(({ kind }) => kind === "overage"),
    "0",
  );
});

test("recurring credits lapse with their month, so they are drawn before others that end later", () => {
  const credits = { kind: "credits", team: "search", startsOn: november.from } as const;
  const charges = [
    someCharge({
      ...{ ...credits, id: "until January", amount: usd("100"), recurrence: "once" },
      ...{ startsOn: november.from - 31, endsOn: november.to + 31 },
    }),
    someCharge({ ...credits, id: "each month", amount: usd("50"), recurrence: "monthly" }),
  ];
  const usage = ["20", "20", "25"].map((worth, i) =>
    someUsage({ day: november.from + i, funding: "credits", costs: prepaid(usd(worth)) }),
  );
  const lines = teamLines(someInputs({ ...november, charges, usage }));
  const sumOf = (id: string, kind: TeamLine["kind"]) =>
    toDecimal(effectiveOf(lines, (line) => line.charge === id && line.kind === kind));
  assert.deepEqual([sumOf("each month", "charge"), sumOf("until January", "charge")], ["50", "15"]);
  assert.equal(sumOf("each month", "idle"), "0");
});

test("what recurs is drawn after what ends before its month does", () => {
  const credits = { kind: "credits", team: "search", startsOn: november.from } as const;
  const charges = [
    someCharge({ ...credits, id: "each month", amount: usd("50"), recurrence: "monthly" }),
    someCharge({
      ...{ ...credits, id: "until the 15th", amount: usd("30"), recurrence: "once" },
      endsOn: november.from + 14,
    }),
  ];
  const costs = prepaid(usd("40"));
  const usage = [someUsage({ day: november.from + 3, funding: "credits", costs })];
  const lines = teamLines(someInputs({ ...november, charges, usage }));
  const drawn = (id: string) =>
    toDecimal(effectiveOf(lines, (line) => line.charge === id && line.kind === "charge"));
  assert.deepEqual([drawn("until the 15th"), drawn("each month")], ["30", "10"]);
});

test("of two credits alike the one that was recorded first is drawn first, whatever its id", () => {
  const credits = { kind: "credits", team: "search", amount: usd("30") } as const;
  const days = { recurrence: "once", startsOn: november.from, endsOn: november.to } as const;
  const charges = ["later id", "earlier id"].map((id) => someCharge({ ...credits, ...days, id }));
  const costs = prepaid(usd("20"));
  const usage = [someUsage({ day: november.from, funding: "credits", costs })];
  const lines = teamLines(someInputs({ ...november, charges, usage }));
  const drawn = lines.filter(({ kind }) => kind === "charge");
  const names = drawn.flatMap(({ charge, costs: { effective } }) => (effective > 0n ? charge : []));
  assert.deepEqual(names, ["later id"]);
});
