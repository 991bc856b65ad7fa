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
