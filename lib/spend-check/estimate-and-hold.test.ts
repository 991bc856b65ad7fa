import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import type { Amount } from "#lib/budgets/amount.ts";
import type { Usd } from "#lib/money/money.ts";
import { createPricing } from "#lib/price-book/pricing.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { CheckInput } from "./check-input.ts";
import { estimateCall } from "./estimate-call.ts";
import { learnCalls, type ScopeSizes } from "./learned-calls.ts";
import { type Reservation, ReservationBook } from "./reservation-book.ts";
import { printNotices, readNotice } from "./reservation-notice.ts";
import { pairSettlements } from "./settlement.ts";

const AN_ID = "7d3f6c1a-52f5-4f8e-9a06-0d2a3f1d5c11";
const AT = Date.parse("2026-11-22T16:00:00Z");
const pricing = createPricing(loadPriceBook(), [], []);
const size = (input: number, output: number) => ({ input, cacheRead: 0, cacheWrite: 0, output });
const ofScope = (by: ScopeSizes["by"], output: number): ScopeSizes => ({
  ...{ by, usual: size(1_000, output), largest: size(1_000, 10 * output) },
  team: by.includes("team") ? "payments" : null,
  agent: by.includes("agent") ? "refunds" : null,
  model: by.includes("model") ? "gpt-5.5" : null,
});
const SIZES = [
  ofScope(["team", "agent", "model"], 90),
  ofScope(["agent", "model"], 80),
  ofScope(["model"], 70),
  ofScope([], 60),
];
const MODELS = [
  { provider: "azure.ai.openai", model: "gpt-5.5", lastAt: new Date(AT - 1_000) },
  { provider: "openai", model: "gpt-5.5", lastAt: new Date(AT) },
];
const estimate = (input: Record<string, unknown>, sizes: readonly ScopeSizes[] = []) =>
  estimateCall(
    CheckInput.parse(input),
    learnCalls(sizes, sizes.length === 0 ? [] : MODELS),
    pricing,
    AT,
  );

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

  test("is that of the narrowest scope of which enough is known, by who sold it last", () => {
    const cases = [
      [{ team: "payments", agent: "refunds", model: "gpt-5.5" }, 90],
      [{ team: "search", agent: "refunds", model: "gpt-5.5" }, 80],
      [{ agent: "new", model: "gpt-5.5" }, 70],
      [{ agent: "refunds", model: "gpt-4.1" }, 60],
    ] as const;
    for (const [call, output] of cases) {
      const { tokens, basis, cost, largestCost } = estimate(call, SIZES);
      assert.deepEqual([tokens.output, basis], [output, "learned"]);
      assert.ok(largestCost > cost);
    }
    assert.equal(estimate({ model: "gpt-5.5" }, SIZES).provider, "openai");
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
    const held = [...stored.values()].filter(({ expiresAt }) => expiresAt > now);
    const unknown = new Set(book.keepOnly(held.map(({ id }) => id)));
    book.takeIn(held.filter(({ id }) => unknown.has(id)));
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

  test("is told whole to the other processes, in notices that the database takes", () => {
    const ids = fc.array(fc.uuid(), { maxLength: 500 });
    fc.assert(
      fc.property(fc.constantFrom("", AN_ID), ids, ids, (from, granted, closed) => {
        const texts = printNotices({ from, granted, closed });
        const read = texts.map(readNotice);
        assert.ok(texts.every((text) => Buffer.byteLength(text) < 8_000));
        assert.ok(read.every((notice) => notice.from === from));
        assert.deepEqual(
          read.flatMap((notice) => notice.granted),
          granted,
        );
        assert.deepEqual(
          read.flatMap((notice) => notice.closed),
          closed,
        );
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
