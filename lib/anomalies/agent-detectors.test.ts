import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseUsd, sumUsd } from "#lib/money/money.ts";
import { findCacheCollapse } from "./cache-collapse.ts";
import { findContextGrowth } from "./context-growth.ts";
import { findModelChange } from "./model-change.ts";
import { findOrphanSession } from "./orphan-session.ts";
import { findRetryStorm } from "./retry-storm.ts";
import { findRunawayLoops } from "./runaway-loop.ts";
import { findUnpricedUsage } from "./unpriced-usage.ts";

const usd = parseUsd;
const MINUTE = 60_000;

describe("findRunawayLoops", () => {
  const call = (minute: number, argumentsHash = "same", tool = "read_file") => ({
    tool,
    argumentsHash,
    startedAtMs: minute * MINUTE,
    cost: usd("0.1"),
  });
  const minutes = (count: number, every = 1) =>
    Array.from({ length: count }, (_, n) => call(n * every));

  test("finds the same tool with the same arguments, and what its repeats cost", () => {
    assert.deepEqual(findRunawayLoops(minutes(8).toReversed()), [
      {
        tool: "read_file",
        argumentsHash: "same",
        calls: 8,
        firstAtMs: 0,
        lastAtMs: 7 * MINUTE,
        wasted: usd("0.7"),
      },
    ]);
  });

  test("lets other arguments, other tools, few repeats and slow polling be", () => {
    assert.deepEqual(findRunawayLoops(minutes(20).map((_, n) => call(n, `a${n}`))), []);
    assert.deepEqual(findRunawayLoops(minutes(10).map((_, n) => call(n, "same", `t${n % 5}`))), []);
    assert.deepEqual(findRunawayLoops(minutes(5)), []);
    assert.deepEqual(findRunawayLoops(minutes(30, 9)), []);
  });

  test("tells two loops of one subject apart, and lists the dearer first", () => {
    const later = minutes(9).map((one) => ({ ...one, startedAtMs: one.startedAtMs + 3_600_000 }));
    const loops = findRunawayLoops([...minutes(6), ...later]);
    assert.deepEqual(
      loops.map(({ calls }) => calls),
      [9, 6],
    );
  });
});

describe("findContextGrowth", () => {
  const turn = (contextTokens: number, cost: string | null = "1") => ({
    contextTokens,
    cost: cost === null ? null : usd(cost),
  });
  const growing = Array.from({ length: 11 }, (_, n) => turn(10_000 + 10_000 * n));

  test("finds a prompt that grows with every turn, and the growth's part of the cost", () => {
    const found = findContextGrowth(growing);
    assert.deepEqual(
      [found?.turns, found?.firstTokens, found?.lastTokens, found?.tokensPerTurn],
      [11, 10_000, 110_000, 10_000],
    );
    // The second turn's part is half, the third's two thirds, …: exact up to rounding each once.
    const parts = growing.slice(1).map((_, n) => usd("1") - usd("1") / BigInt(n + 2));
    const difference = (found?.growthCost ?? 0n) - parts.reduce((sum, part) => sum + part, 0n);
    assert.ok(difference >= -10n && difference <= 10n);
  });

  test("lets compacted, short, small and steady sessions be", () => {
    const sawtooth = growing.map((_, n) => turn(n % 3 === 2 ? 90_000 : 10_000));
    assert.equal(findContextGrowth([...sawtooth, turn(90_000)]), null);
    assert.equal(findContextGrowth(growing.slice(0, 9)), null);
    assert.equal(findContextGrowth(growing.map((t) => turn(t.contextTokens / 10))), null);
    assert.equal(findContextGrowth(growing.map(() => turn(100_000))), null);
    assert.equal(findContextGrowth([]), null);
  });

  test("counts turns without a price, at no cost", () => {
    assert.equal(
      findContextGrowth(growing.map((t) => turn(t.contextTokens, null)))?.growthCost,
      0n,
    );
  });
});

describe("findCacheCollapse", () => {
  const use = (contextTokens: number, cacheReadTokens: number) => ({
    contextTokens,
    cacheReadTokens,
  });

  test("finds a cache that no longer answers, and what that costs", () => {
    assert.deepEqual(findCacheCollapse(use(1_000_000, 800_000), use(500_000, 50_000), usd("2.7")), {
      hitShareBefore: 0.8,
      hitShareNow: 0.1,
      missedTokens: 350_000,
      extraCost: usd("0.945"),
    });
  });

  test("lets a working, a never used and a hardly used cache be", () => {
    const saving = usd("2.7");
    assert.equal(findCacheCollapse(use(1_000_000, 800_000), use(500_000, 300_000), saving), null);
    assert.equal(findCacheCollapse(use(1_000_000, 100_000), use(500_000, 0), saving), null);
    assert.equal(findCacheCollapse(use(1_000_000, 800_000), use(5_000, 0), saving), null);
    assert.equal(findCacheCollapse(use(1_000_000, 800_000), use(500_000, 0), usd("0")), null);
  });

  test("does not guess the cost without a price", () => {
    assert.equal(
      findCacheCollapse(use(1_000_000, 800_000), use(500_000, 0), null)?.extraCost,
      null,
    );
  });
});

describe("findModelChange", () => {
  const use = (model: string, calls: number, cost: string, requestModel: string | null = null) => ({
    model,
    requestModel,
    calls,
    cost: usd(cost),
  });

  test("finds an alias that moved on, silently, and what it costs", () => {
    const before = [use("large-1", 100, "10", "large-latest")];
    const now = [use("large-1", 20, "2", "large-latest"), use("large-2", 60, "12", "large-latest")];
    assert.deepEqual(findModelChange(before, now), {
      from: "large-1",
      to: "large-2",
      share: 0.75,
      isSilent: true,
      extraCost: usd("6"),
    });
  });

  test("knows a change that was asked for from a silent one", () => {
    const change = findModelChange([use("large-1", 100, "10")], [use("small-1", 100, "1")]);
    assert.deepEqual([change?.isSilent, change?.extraCost], [false, usd("-9")]);
  });

  test("lets known models, small shares and few calls be", () => {
    const before = [use("a", 90, "9"), use("b", 10, "1")];
    assert.equal(findModelChange(before, [use("b", 100, "1")]), null);
    assert.equal(findModelChange(before, [use("a", 90, "9"), use("c", 10, "1")]), null);
    assert.equal(findModelChange(before, [use("c", 10, "1")]), null);
    assert.equal(findModelChange([], []), null);
  });
});

describe("findRetryStorm", () => {
  const use = (calls: number, retries: number, cost = "0") => ({ calls, retries, cost: usd(cost) });

  test("finds calls that are mostly tried again", () => {
    assert.deepEqual(findRetryStorm(use(1_000, 20), use(200, 150, "8"))?.retryCost, usd("6"));
  });

  test("finds it without a past", () => {
    assert.equal(findRetryStorm(use(0, 0), use(50, 40))?.retryShareBefore, 0);
  });

  test("lets few and usual retries be", () => {
    assert.equal(findRetryStorm(use(1_000, 20), use(20, 15)), null);
    assert.equal(findRetryStorm(use(1_000, 200), use(200, 100)), null);
    assert.equal(findRetryStorm(use(1_000, 0), use(1_000, 100)), null);
    assert.equal(findRetryStorm(use(0, 0), use(0, 0)), null);
  });
});

describe("findOrphanSession", () => {
  const calls = [5, 20, 30, 40].map((minute, n) => ({
    startedAtMs: minute * MINUTE,
    cost: n === 3 ? null : usd("0.5"),
  }));

  test("finds calls that go on after the end, and their cost", () => {
    assert.deepEqual(findOrphanSession(6 * MINUTE, calls), {
      calls: 3,
      firstAtMs: 20 * MINUTE,
      lastAtMs: 40 * MINUTE,
      cost: usd("1"),
      unpricedCalls: 1,
    });
  });

  test("lets stragglers and sessions without a known end be", () => {
    assert.equal(findOrphanSession(15 * MINUTE, calls), null);
    assert.equal(findOrphanSession(null, calls), null);
  });
});

describe("findUnpricedUsage", () => {
  const use = (model: string | null, tokens: number) => ({
    provider: "openai",
    model,
    calls: 1,
    tokens,
    firstAtMs: 0,
  });

  test("lists tokens that no total shows, most first, and says which are news", () => {
    const found = findUnpricedUsage([use(null, 10), use("newest", 90), use("none", 0)], 400, [
      { provider: "openai", model: null },
    ]);
    assert.deepEqual(
      found.map(({ model, share, isNew }) => [model, share, isNew]),
      [
        ["newest", 0.225, true],
        [null, 0.025, false],
        ["none", 0, true],
      ],
    );
  });

  test("is silent when everything has a price", () => {
    assert.deepEqual(findUnpricedUsage([], 400, []), []);
    assert.equal(sumUsd([]), 0n);
  });
});
