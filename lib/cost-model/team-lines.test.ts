import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseUsd, toDecimal, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { parseDay } from "#lib/time/civil-day.ts";
import { amortised, billingPeriods } from "./amortise.ts";
import { CHARGE_KINDS, type Charge } from "./charge.ts";
import type { CostInputs } from "./cost-inputs.ts";
import { addCosts, NO_COSTS } from "./costs.ts";
import { SHARE_METHODS, type SharedPool } from "./shared-pool.ts";
import { type TeamLine, teamLines } from "./team-lines.ts";
import { effectiveOf, metered, prepaid, someCharge, someInputs, someUsage } from "./testing.ts";

const november = { from: parseDay("2026-11-01"), to: parseDay("2026-12-01") };
const usd = parseUsd;
const is = (kind: TeamLine["kind"], team?: string) => (line: TeamLine) =>
  line.kind === kind && (team === undefined || line.team === team);
const effective = (lines: readonly TeamLine[], ...match: Parameters<typeof is>) =>
  toDecimal(effectiveOf(lines, is(...match)));
const pool = (told: Partial<SharedPool>): SharedPool => ({
  id: "pool",
  name: "Platform",
  method: "even",
  sourceTeam: null,
  teams: null,
  weights: {},
  effectiveFrom: null,
  effectiveTo: null,
  ...told,
});
const user = (team: string, name: string) => ({
  month: november.from,
  team,
  user: name,
  provider: "anthropic",
  model: "claude-sonnet-5",
});

test("of three seats two are used: the third is idle, and all of it is billed on its day", () => {
  const seats = someCharge({
    team: "search",
    amount: usd("30"),
    quantity: 3,
    startsOn: november.from,
  });
  const users = [user("search", "ann"), user("search", "Ann"), user("search", "bo")];
  const lines = teamLines(someInputs({ ...november, charges: [seats], users }));
  assert.equal(effective(lines, "charge"), "60");
  assert.equal(effective(lines, "idle"), "30");
  const billed = lines.filter(({ costs }) => costs.billed > 0n);
  assert.deepEqual(
    billed.map(({ day, costs }) => [day, toDecimal(costs.billed)]),
    [[november.from, "90"]],
  );
});

test("a person takes one seat, their own first", () => {
  const shared = { amount: usd("20"), startsOn: november.from };
  const own = someCharge({ ...shared, id: "own", person: "ann" });
  const free = someCharge({ ...shared, id: "free" });
  const lines = teamLines(
    someInputs({ ...november, charges: [free, own], users: [user("search", "ann")] }),
  );
  assert.equal(toDecimal(effectiveOf(lines, (line) => line.charge === "own")), "20");
  assert.equal(toDecimal(effectiveOf(lines, (line) => line.charge === "free")), "20");
  assert.equal(effective(lines, "charge", "search"), "20");
  assert.equal(effective(lines, "idle", "unallocated"), "20");
});

test("credits cost what is drawn; what is left expires idle, and what is beyond is owed", () => {
  const credits = someCharge({
    kind: "credits",
    team: "search",
    amount: usd("100"),
    recurrence: "once",
    startsOn: november.from,
    endsOn: november.from + 20,
  });
  const draws = (...amounts: string[]) =>
    teamLines(
      someInputs({
        ...november,
        charges: [credits],
        usage: amounts.map((amount, i) =>
          someUsage({ day: november.from + i, funding: "credits", costs: prepaid(usd(amount)) }),
        ),
      }),
    );
  assert.equal(effective(draws("30", "20"), "charge"), "50");
  assert.equal(effective(draws("30", "20"), "idle"), "50");
  assert.equal(effective(draws("30", "90"), "overage"), "20");
  assert.equal(effective(draws("30", "90"), "idle"), "0");
});

test("a commitment is used as far as its usage is worth, whenever in the period that was", () => {
  const commitment = someCharge({
    kind: "commitment",
    team: "search",
    amount: usd("300"),
    startsOn: november.from,
  });
  const lines = teamLines(
    someInputs({
      ...november,
      charges: [commitment],
      usage: [
        someUsage({ day: november.from + 20, funding: "commitment", costs: prepaid(usd("250")) }),
      ],
    }),
  );
  assert.equal(effective(lines, "charge"), "250");
  assert.equal(effective(lines, "idle"), "50");
});

test("provisioned throughput is used by the tokens that it can serve each day", () => {
  const units = someCharge({
    kind: "provisioned",
    team: "search",
    amount: usd("300"),
    startsOn: november.from,
    dailyTokens: 1_000n,
  });
  const day = (n: number, tokens: bigint) =>
    someUsage({
      ...{ day: november.from + n, funding: "commitment" as const, tokens },
      costs: prepaid(usd("500")),
    });
  const lines = teamLines(
    someInputs({ ...november, charges: [units], usage: [day(0, 500n), day(1, 9_000n)] }),
  );
  assert.equal(effective(lines, "charge"), "15");
  assert.equal(effective(lines, "idle"), "285");
  assert.equal(effective(lines, "overage"), "0");
});

test("a platform team's own cost is shared out and leaves nothing behind", () => {
  const usage = [
    someUsage({ day: november.from, team: "platform", costs: metered(usd("10")) }),
    someUsage({ day: november.from, team: "search", costs: metered(usd("3")) }),
    someUsage({ day: november.from + 9, team: "payments", costs: metered(usd("1")) }),
  ];
  const shared = pool({ sourceTeam: "platform", method: "usage" });
  const lines = teamLines(someInputs({ ...november, usage, pools: [shared] }));
  const of = (team: string) => toDecimal(effectiveOf(lines, (line) => line.team === team));
  assert.deepEqual([of("platform"), of("search"), of("payments")], ["0", "10.5", "3.5"]);
});

test("a markup is on all that a team bears", () => {
  const usage = [someUsage({ day: november.from, costs: metered(usd("3")) })];
  const fee = someCharge({
    kind: "fee",
    team: "search",
    amount: usd("27"),
    startsOn: november.from,
    endsOn: november.to,
  });
  const markup = { num: 1n, den: 10n };
  const model = { team: "search", effectiveFrom: null, markup, funding: [], headcount: null };
  const lines = teamLines(someInputs({ ...november, usage, charges: [fee], models: [model] }));
  assert.equal(effective(lines, "markup"), "3");
});

const money = fc.bigInt({ min: 0n, max: 10n ** 23n }).map((amount) => amount as Usd);
const team = fc.constantFrom("search", "payments", "platform", "unallocated");
const anyDay = fc.integer({ min: november.from - 40, max: november.to + 5 });
const anyUsage = fc
  .record({
    day: anyDay,
    team,
    amount: money,
    funding: fc.constantFrom(null, "plan" as const, "credits" as const, "commitment" as const),
    tokens: fc.bigInt({ min: 0n, max: 10n ** 9n }),
  })
  .map(({ amount, ...rest }) =>
    someUsage({ ...rest, costs: rest.funding === null ? metered(amount) : prepaid(amount) }),
  );
const anyCharge = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom(...CHARGE_KINDS),
    team: fc.option(team.filter((name) => name !== "unallocated")),
    isPooled: fc.boolean(),
    amount: money,
    quantity: fc.integer({ min: 1, max: 4 }),
    recurrence: fc.constantFrom("once" as const, "monthly" as const, "yearly" as const),
    startsOn: anyDay,
    lasts: fc.integer({ min: 1, max: 90 }),
    dailyTokens: fc.option(fc.bigInt({ min: 1n, max: 10n ** 9n })),
  })
  .map(
    ({ lasts, isPooled, ...rest }): Charge =>
      someCharge({
        ...rest,
        pool: rest.team === null && isPooled ? "pool" : null,
        endsOn: rest.startsOn + lasts,
      }),
  );
const anyPool = fc
  .record({
    method: fc.constantFrom(...SHARE_METHODS),
    sourceTeam: fc.option(fc.constantFrom("platform", "unallocated")),
    weights: fc.record({ search: fc.nat(9), payments: fc.nat(9) }),
  })
  .map(pool);
const anyInputs = fc
  .record({
    usage: fc.array(anyUsage, { maxLength: 25 }),
    charges: fc.array(anyCharge, { maxLength: 5 }),
    pools: fc.array(anyPool, { maxLength: 1 }),
    users: fc.array(
      fc.tuple(team, fc.constantFrom("ann", "bo", "")).map(([name, who]) => user(name, who)),
      { maxLength: 5 },
    ),
  })
  .map((told) => someInputs({ ...november, ...told }));

const within =
  ({ from, to }: CostInputs) =>
  (row: { readonly day: number }) =>
    from <= row.day && row.day < to;

test("over all teams the lines are the usage and the charges, to the last unit", () => {
  fc.assert(
    fc.property(anyInputs, (inputs) => {
      const lines = teamLines(inputs);
      const total = lines.reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS);
      const usage = inputs.usage
        .filter(within(inputs))
        .reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS);
      const fees = inputs.charges.filter(({ kind }) => kind === "fee");
      const spread = (charges: readonly Charge[]) =>
        charges.reduce((sum, charge) => (sum + amortisedIn(charge, inputs)) as Usd, ZERO_USD);
      assert.equal(total.list, usage.list + spread(fees));
      assert.equal(total.contracted, usage.contracted + spread(fees));
      const overage = effectiveOf(lines, is("overage"));
      // Credits cost what is drawn, on the days on which it is: they are looked at above.
      const ofCredits = effectiveOf(
        lines,
        ({ charge, kind }) =>
          inputs.charges.some((one) => one.id === charge && one.kind === "credits") &&
          (kind === "charge" || kind === "idle"),
      );
      if (inputs.charges.some(({ kind, pool: id }) => kind === "credits" && id !== null)) return;
      const others = inputs.charges.filter(({ kind }) => kind !== "credits");
      assert.equal(total.effective, usage.effective + spread(others) + overage + ofCredits);
    }),
    { numRuns: 300 },
  );
});

test("what is shared comes back whole, in each of the four costs", () => {
  fc.assert(
    fc.property(anyInputs, (inputs) => {
      const sum = (told: CostInputs) =>
        teamLines(told).reduce((all, { costs }) => addCosts(all, costs), NO_COSTS);
      assert.deepEqual(sum(inputs), sum({ ...inputs, pools: [] }));
    }),
    { numRuns: 200 },
  );
});

test("credits that have ended have cost their price", () => {
  fc.assert(
    fc.property(anyInputs, money, (inputs, amount) => {
      const credits = someCharge({
        ...{ id: "credits", kind: "credits", amount, recurrence: "once" },
        ...{ startsOn: november.from - 10, endsOn: november.to - 3 },
      });
      const whole = { ...inputs, from: november.from - 10, charges: [credits], pools: [] };
      const cost = effectiveOf(teamLines(whole), ({ charge }) => charge === "credits");
      assert.equal(cost, amount);
    }),
  );
});

test("a period's lines are those of its days", () => {
  fc.assert(
    fc.property(anyInputs, fc.integer({ min: 1, max: 29 }), (inputs, days) => {
      const cut = inputs.from + days;
      const sum = (from: number, to: number) =>
        teamLines({ ...inputs, from, to }).reduce(
          (all, { costs }) => addCosts(all, costs),
          NO_COSTS,
        );
      const parts = addCosts(sum(inputs.from, cut), sum(cut, inputs.to));
      assert.deepEqual(parts, sum(inputs.from, inputs.to));
    }),
    { numRuns: 100 },
  );
});

function amortisedIn(charge: Charge, { from, to }: CostInputs): Usd {
  return billingPeriods(charge, from, to).reduce(
    (sum, period) => (sum + amortised(period, from, to)) as Usd,
    ZERO_USD,
  );
}
