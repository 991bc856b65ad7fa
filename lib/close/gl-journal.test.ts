import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { NO_COSTS } from "#lib/cost-model/costs.ts";
import { LINE_KINDS } from "#lib/cost-model/team-lines.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { GlCode } from "./gl-codes.ts";
import { glJournal, ofCents } from "./gl-journal.ts";
import { glJournalColumns } from "./gl-journal-columns.ts";
import { monthNamed } from "./month.ts";
import type { StatementLine } from "./statement-line.ts";

const line = (more: Partial<StatementLine>, effective: Usd): StatementLine => ({
  ...{ team: "search", costCenter: null, kind: "usage", provider: "openai", model: "gpt-5.5" },
  ...{ chargeId: null, chargeName: null, poolId: null, poolName: null },
  ...{ tokens: 0n, unpricedCalls: 0n },
  ...more,
  costs: { ...NO_COSTS, effective },
});
const code = (dimension: GlCode["dimension"], value: string, given: string): GlCode => ({
  ...{ dimension, value, code: given },
});
const CODES = [
  ...LINE_KINDS.map((kind) => code("line", kind, "6100")),
  code("provider", "anthropic", "6110"),
  code("team", "search", "P-1"),
  code("cost_center", "CC-7", "P-7"),
  code("offset", "", "2100"),
];

test("a provider's account stands before the line's, a team's project before its cost center's", () => {
  const lines = [
    line({ costCenter: "CC-7" }, parseUsd("1")),
    line({ provider: "anthropic" }, parseUsd("2")),
    line({ team: "payments", costCenter: "CC-7", kind: "charge", provider: null }, parseUsd("4")),
    line({ team: "other", kind: "share", provider: null }, parseUsd("-0.5")),
  ];
  const { postings, debit } = glJournal(lines, CODES);
  assert.deepEqual(
    postings.map(({ account, project, costCenter, team, cents }) => [
      ...[account, project, costCenter, team, cents],
    ]),
    [
      ["6100", "P-1", "CC-7", "search", 100n],
      ["6100", "P-7", "CC-7", "payments", 400n],
      ["6100", null, null, "other", -50n],
      ["6110", "P-1", null, "search", 200n],
      ["2100", null, null, null, -650n],
    ],
  );
  assert.equal(debit, 700n);
});

test("a file has both decimals of each amount, and an amount on one side alone", () => {
  const lines = [line({}, parseUsd("70.3")), line({ team: "payments" }, parseUsd("-0.05"))];
  const { postings } = glJournal(lines, CODES);
  const sides = glJournalColumns(monthNamed("2026-11"), postings).filter(
    ({ isSummed }) => isSummed,
  );
  assert.deepEqual(
    postings.map((posting) => sides.map(({ cell }) => cell(posting))),
    [
      ["70.30", null],
      [null, "0.05"],
      [null, "70.25"],
    ],
  );
});

test("thirds of a cent go to those that lost most, the earlier on a tie", () => {
  const amounts = ["0.333333333333333333", "0.333333333333333333", "0.333333333333333334"];
  const lines = amounts.map((amount, n) => line({ team: `t${n}` }, parseUsd(amount)));
  const cents = glJournal(lines, CODES).postings.map((posting) => posting.cents);
  assert.deepEqual(cents, [33n, 33n, 34n, -100n]);
  const even = ["0.005", "0.005"].map((amount, n) => line({ team: `t${n}` }, parseUsd(amount)));
  assert.deepEqual(
    glJournal(even, CODES).postings.map(({ team, cents: each }) => [team, each]),
    [
      ["t0", 1n],
      [null, -1n],
    ],
  );
});

test("without an account there is no journal, and it says for what", () => {
  const lines = [line({}, parseUsd("1")), line({ kind: "idle", provider: null }, parseUsd("1"))];
  assert.deepEqual(glJournal(lines, []), {
    ...{ postings: [], debit: 0n },
    missing: [
      { dimension: "line", value: "idle" },
      { dimension: "line", value: "usage" },
      { dimension: "offset", value: "" },
    ],
  });
  assert.deepEqual(glJournal([line({}, parseUsd("0"))], []).missing, []);
});

test("debit is credit to the cent, and nothing is off by a cent or more", () => {
  const anyLine = fc.record({
    team: fc.constantFrom("a", "b", "c", "=1+1"),
    costCenter: fc.option(fc.constantFrom("CC-7", "CC-8")),
    kind: fc.constantFrom(...LINE_KINDS),
    amount: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  });
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 60 }), (told) => {
      const lines = told.map(({ amount, ...more }) => line(more, amount as Usd));
      const { postings } = glJournal(lines, CODES);
      assert.equal(
        postings.reduce((sum, { cents }) => sum + cents, 0n),
        0n,
      );
      for (const team of new Set(told.map((each) => each.team))) {
        const ours = postings.filter((posting) => posting.team === team);
        const centers = new Set(told.filter((t) => t.team === team).map((t) => t.costCenter)).size;
        const booked = ofCents(ours.reduce((sum, { cents }) => sum + cents, 0n));
        const meant = told.filter((t) => t.team === team).reduce((sum, t) => sum + t.amount, 0n);
        const off = booked > meant ? booked - meant : meant - booked;
        assert.ok(off < BigInt(centers) * 10n ** 16n, `${team} is off by ${off}`);
      }
    }),
  );
});
