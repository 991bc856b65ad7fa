import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Amount } from "#lib/budgets/amount.ts";
import type { Usd } from "#lib/money/money.ts";
import { createPricing } from "#lib/price-book/pricing.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { CheckInput } from "./check-input.ts";
import { estimateCall } from "./estimate-call.ts";
import { learnCalls, type PastCall } from "./learned-calls.ts";
import { type Reservation, ReservationBook } from "./reservation-book.ts";
import { pairSettlements } from "./settlement.ts";

const AT = Date.parse("2026-11-22T16:00:00Z");
const pricing = createPricing(loadPriceBook(), [], []);
const past = (more: Partial<PastCall> = {}): PastCall => ({
  ...{ team: "payments", agent: "refunds", model: "gpt-5.5", provider: "openai" },
  ...{ input: 1_000, cacheRead: 0, cacheWrite: 0, output: 100 },
  ...more,
});
const estimate = (input: Record<string, unknown>, calls: readonly PastCall[] = []) =>
  estimateCall(CheckInput.parse(input), learnCalls(calls), pricing, AT);

describe("the estimate of a call", () => {
  test("is priced by the price book where the caller says how much", () => {
    const given = estimate({
      model: "gpt-5.5",
      provider: "openai",
      estimated_tokens: { input: 1_000_000, output: 0 },
    });
    assert.deepEqual([given.basis, given.pricedBy], ["given", "price"]);
    assert.ok(given.cost > 0n);
    assert.equal(given.listCost, given.cost);
  });

  test("is the size that nine of ten calls like it do not exceed", () => {
    const calls = Array.from({ length: 100 }, (_, index) => past({ output: index + 1 }));
    const learned = estimate({ team: "payments", agent: "refunds", model: "gpt-5.5" }, calls);
    assert.equal(learned.basis, "learned");
    assert.equal(learned.provider, "openai");
    assert.equal(learned.tokens.output, 90);
    assert.ok(learned.largestCost > learned.cost);
    // Too few of the agent: those of the model speak for it.
    const other = estimate({ team: "search", agent: "new", model: "gpt-5.5" }, calls);
    assert.equal(other.tokens.output, 90);
  });

  test("of a model without a price is that of the provider's dearest, and never nothing", () => {
    const known = ["gpt-5.5", "gpt-5.5-mini", "gpt-4.1"].map((model) =>
      estimate({ model, provider: "openai", estimated_tokens: 10_000 }),
    );
    const unknown = estimate({
      model: "gpt-99-giant",
      provider: "openai",
      estimated_tokens: 10_000,
    });
    assert.equal(unknown.pricedBy, "dearest");
    for (const { cost } of known) assert.ok(unknown.cost >= cost);
    const nobodys = estimate({ model: "x", provider: "nobody" });
    assert.deepEqual([nobodys.pricedBy, nobodys.basis], ["dearest", "assumed"]);
    assert.ok(nobodys.cost > 0n);
  });
});

describe("what is held", () => {
  const reservation = (id: string, amount: bigint, expiresAt = 100): Reservation => ({
    ...{ id, createdAt: 0, expiresAt, team: null, user: null, agent: null, model: null },
    key: null,
    amount: amount as Usd,
    holds: new Map([["b", amount as Amount]]),
  });

  /** The book beside a plain list of what should be open, and the database of both. */
  type World = {
    readonly book: ReservationBook;
    readonly open: Map<string, Reservation>;
    readonly stored: Map<string, Reservation>;
  };
  type Step = (world: World, now: number) => void;

  const grant: fc.Arbitrary<Step> = fc
    .tuple(fc.bigInt(1n, 100n), fc.integer({ min: 1, max: 50 }))
    .map(([amount, life]) => ({ book, open }, now) => {
      const made = reservation(`r${now}`, amount, now + life);
      book.grant(made);
      open.set(made.id, made);
    });
  const giveBack: fc.Arbitrary<Step> = fc.nat(30).map((index) => ({ book, open }) => {
    assert.equal(book.giveBack(`r${index}`), open.delete(`r${index}`));
  });
  const exchange: fc.Arbitrary<Step> = fc.constant(({ book, stored }, now) => {
    const { granted, returned } = book.takeNews();
    for (const made of granted) stored.set(made.id, made);
    for (const id of returned) stored.delete(id);
    book.shared(granted);
    book.replace([...stored.values()].filter(({ expiresAt }) => expiresAt > now));
  });

  test("is the sum of what is open, whatever is granted, given back, expired and exchanged", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(grant, giveBack, exchange), { maxLength: 60 }), (steps) => {
        const world: World = { book: new ReservationBook(), open: new Map(), stored: new Map() };
        for (const [now, step] of steps.entries()) {
          world.book.expire(now);
          for (const { id, expiresAt } of world.open.values()) {
            if (expiresAt <= now) world.open.delete(id);
          }
          step(world, now);
          const sum = [...world.open.values()].reduce((total, { amount }) => total + amount, 0n);
          assert.equal(world.book.held("b"), sum);
        }
      }),
    );
  });

  test("is settled by the call that names it, else by the first like it, one by one", () => {
    const at = (seconds: number) => new Date(AT + seconds * 1_000);
    const open = (id: string, seconds: number, more = {}) => ({
      ...{ id, createdAt: at(seconds), team: "payments", user: null, agent: "refunds" },
      ...{ model: "gpt-5.5", key: null, ...more },
    });
    const seen = (id: string, seconds: number, more = {}) => ({
      ...{ id, startedAt: at(seconds), names: null, team: "payments", user: "ann" },
      ...{ agent: "refunds", model: "gpt-5.5", key: "k1", ...more },
    });
    assert.deepEqual(
      pairSettlements(
        [
          open("second", 2),
          open("first", 1),
          open("named", 0),
          open("other", 0, { agent: "x" }),
          open("elsewhere", 0, { key: "k2" }),
        ],
        [
          seen("c", 30),
          seen("n", 31, { names: "named" }),
          seen("early", -60),
          seen("d", 40),
          seen("e", 50),
        ],
      ),
      [
        { id: "named", by: "n" },
        { id: "first", by: "c" },
        { id: "second", by: "d" },
      ],
    );
  });
});
