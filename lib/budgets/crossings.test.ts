import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Amount, parseAmount } from "./amount.ts";
import { type Arms, decide, type KnownCrossing, type Situation } from "./crossings.ts";

const HOUR_MS = 3_600_000;
/** Above the limit, not at it. */
const OVER = 101;
const amount = (value: number): Amount => parseAmount(String(value));

/** Keeps what was decided, as the database does, and counts what was said. */
class Book {
  known: (KnownCrossing & { readonly said: number })[] = [];
  arms: Arms = {};
  said: string[] = [];
  limitKey = "1";
  lastKey: string | null = null;

  look(
    now: number,
    spent: number,
    limit: number,
    forecast: number | null = null,
    percents = [50, 80],
  ) {
    const { known, arms, limitKey } = this;
    const isNewLimit = this.lastKey !== null && this.lastKey !== limitKey;
    const situation: Situation = {
      thresholds: percents.flatMap((percent) => [
        { kind: "actual", percent },
        { kind: "forecast", percent },
      ]),
      spent: amount(spent),
      limit: amount(limit),
      limitKey,
      forecast: forecast === null ? null : amount(forecast),
      known,
      arms: isNewLimit ? {} : arms,
      isNewLimit,
      isMuted: false,
      now,
    };
    const decision = decide(situation);
    this.lastKey = limitKey;
    this.arms = decision.arms;
    for (const mark of decision.marks) {
      const says = mark.silentBecause === null;
      if (says) this.said.push(`${mark.basis} ${mark.percent}`);
      const { basis, percent, arming, silentBecause } = mark;
      const kept = { basis, percent, arming, limitKey, wasSaid: says, silentBecause, said: now };
      this.known.push({ ...kept, uncrossedAt: null, recrossedAt: null });
    }
    const stamp = (column: "uncrossedAt" | "recrossedAt", found: readonly KnownCrossing[]) => {
      this.known = this.known.map((each) =>
        found.includes(each) ? { ...each, [column]: now } : each,
      );
    };
    stamp("uncrossedAt", decision.uncrossed);
    stamp("recrossedAt", decision.recrossed);
    if (decision.takenBack.length > 0) this.said.push("uncrossed");
    return decision;
  }
}

test("whatever order spend and corrections come in, a threshold is marked once and asking again says nothing", () => {
  const steps = fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(steps, (changes) => {
      const book = new Book();
      let spent = 0;
      for (const [index, change] of changes.entries()) {
        spent = Math.max(0, spent + change);
        const now = index * HOUR_MS;
        book.look(now, spent, 100);
        const again = book.look(now, spent, 100);
        assert.deepEqual([again.marks, again.uncrossed, again.recrossed], [[], [], []]);
      }
      const marks = book.known.map(({ basis, percent }) => `${basis} ${percent}`);
      assert.equal(new Set(marks).size, marks.length);
      const peak = Math.max(...partialSums(changes));
      const expected = [50, 80].filter((percent) => peak >= percent).map((p) => `actual ${p}`);
      if (peak > 100) expected.push("exceeded 100");
      assert.deepEqual(marks.sort(), expected.sort());
    }),
  );
});

test("whatever corrections come, each threshold that was told is taken back once, when spend first falls below it", () => {
  const steps = fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(steps, (changes) => {
      const book = new Book();
      const crossed = new Set<number>();
      const takenBack = new Set<number>();
      let spent = 0;
      let taken = 0;
      for (const [index, change] of changes.entries()) {
        spent = Math.max(0, spent + change * 10);
        const below = [...crossed].filter((share) => spent < share && !takenBack.has(share));
        if (below.length > 0) taken++;
        for (const share of below) takenBack.add(share);
        for (const share of [50, 80, OVER]) if (spent >= share) crossed.add(share);
        book.look(index * HOUR_MS, spent, 100);
        assert.equal(book.said.filter((what) => what === "uncrossed").length, taken);
        assert.equal(
          book.known.some(({ basis }) => basis === "exceeded"),
          crossed.has(OVER),
        );
      }
    }),
  );
});

function partialSums(changes: readonly number[]): number[] {
  let sum = 0;
  return changes.map((change) => {
    sum = Math.max(0, sum + change);
    return sum;
  });
}

test("the same spend in any number of steps marks the same thresholds, and each look says one at most", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }), (parts) => {
      const total = parts.reduce((sum, part) => sum + part, 0);
      const [slow, fast] = [new Book(), new Book()];
      let spent = 0;
      for (const [index, part] of parts.entries()) {
        spent += part;
        const { marks } = slow.look(index, spent, 100);
        assert.ok(
          marks.filter((m) => m.silentBecause === null && m.basis === "actual").length <= 1,
        );
      }
      fast.look(0, total, 100);
      const marks = ({ known }: Book) => known.map(({ basis, percent }) => `${basis} ${percent}`);
      assert.deepEqual(marks(slow).sort(), marks(fast).sort());
    }),
  );
});

describe("thresholds on the forecast", () => {
  test("fire once while the forecast stays above, or wavers around the threshold", () => {
    const book = new Book();
    for (const [index, forecast] of [79, 81, 78, 82, 77, 90].entries()) {
      book.look(index * HOUR_MS, 10, 100, forecast, [80]);
    }
    assert.deepEqual(book.said, ["forecast 80"]);
  });

  test("are armed again after three looks clearly below, and a day", () => {
    const book = new Book();
    const days = [90, 70, 70, 70, 70, 90];
    for (const [index, forecast] of days.entries()) {
      book.look(index * 10 * HOUR_MS, 10, 100, forecast, [80]);
    }
    assert.deepEqual(book.said, ["forecast 80", "forecast 80"]);
    assert.deepEqual(
      book.known.map(({ arming }) => arming),
      [0, 1],
    );
  });

  test("are not armed again within the day, however often anybody looks", () => {
    const book = new Book();
    book.look(0, 10, 100, 90, [80]);
    for (let i = 1; i < 20; i++) book.look(i * HOUR_MS, 10, 100, 70, [80]);
    book.look(20 * HOUR_MS, 10, 100, 90, [80]);
    assert.deepEqual(book.said, ["forecast 80"]);
  });

  test("say nothing of what has happened already", () => {
    const book = new Book();
    book.look(0, 85, 100, 130, [80]);
    assert.deepEqual(book.said, ["actual 80"]);
    assert.equal(book.known.find(({ basis }) => basis === "forecast")?.silentBecause, "known");
  });

  test("say nothing without enough history", () => {
    const book = new Book();
    book.look(0, 10, 100, null, [80]);
    assert.deepEqual(book.said, []);
  });
});

describe("a new limit", () => {
  test("fires only what is crossed under it and was not before", () => {
    const book = new Book();
    book.look(0, 85, 100);
    book.limitKey = "2";
    book.look(1, 85, 90);
    assert.deepEqual(book.said, ["actual 80"]);
    book.limitKey = "3";
    book.look(2, 85, 1_000);
    book.look(3, 600, 1_000);
    assert.deepEqual(book.said, ["actual 80", "uncrossed", "actual 50"]);
  });

  test("under which nothing is crossed any more takes back what was told, spend and forecast, once", () => {
    const book = new Book();
    book.look(0, 10, 100, 90, [80]);
    book.look(1, 85, 100, 120, [80]);
    book.limitKey = "2";
    const { takenBack, byLimit } = book.look(2, 85, 1_000, 120, [80]);
    assert.deepEqual(
      [takenBack.map(({ basis }) => basis), byLimit],
      [["forecast", "actual"], true],
    );
    book.look(3, 85, 1_000, 120, [80]);
    assert.deepEqual(book.said, ["forecast 80", "actual 80", "uncrossed"]);
  });

  test("that takes a forecast back, and a lower one that it reaches again: both are told", () => {
    const book = new Book();
    book.look(0, 10, 100, 90, [80]);
    book.limitKey = "2";
    book.look(1, 10, 1_000, 90, [80]);
    book.limitKey = "3";
    book.look(2, 10, 100, 90, [80]);
    assert.deepEqual(book.said, ["forecast 80", "uncrossed", "forecast 80"]);
  });

  test("under which it is crossed still: the correction that ends it is told", () => {
    const book = new Book();
    book.look(0, 85, 100);
    book.limitKey = "2";
    book.look(1, 85, 90);
    const { byLimit } = book.look(2, 10, 90);
    book.look(3, 10, 90);
    assert.deepEqual([book.said, byLimit], [["actual 80", "uncrossed"], false]);
  });

  test("that goes back to the old one does not fire the old ones again", () => {
    const book = new Book();
    book.look(0, 85, 100);
    book.limitKey = "1+more";
    book.look(1, 85, 200);
    book.limitKey = "1";
    book.look(2, 85, 100);
    assert.deepEqual(book.said, ["actual 80", "uncrossed"]);
  });
});
