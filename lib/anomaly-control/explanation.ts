import { findDrivers } from "#lib/anomalies/drivers.ts";
import { leafFromPast } from "#lib/anomalies/leaf.ts";
import type { CostBridge } from "#lib/anomalies/price-volume-mix.ts";
import { splitUsd, subtractUsd, sumUsd, toDecimal, type Usd, ZERO_USD } from "#lib/money/money.ts";

/** What an anomaly's change is looked for in. Persons are left out: messages leave the house. */
export const DRIVER_DIMENSIONS = ["team", "project", "agent", "workflow", "model"] as const;
const NARROW_FIRST = ["agent", "workflow", "model", "project", "team"] as const;
export type DriverDimension = (typeof DRIVER_DIMENSIONS)[number];

/** Spend of one combination of dimension values in the window, and in each earlier one. */
export type PastLeaf = {
  /** '' is unknown. */
  readonly dimensions: Readonly<Record<DriverDimension, string>>;
  readonly actual: Usd;
  readonly past: readonly Usd[];
};

export type ExplainedDriver = {
  readonly dimension: string;
  /** Null: unknown. */
  readonly value: string | null;
  readonly actual: string;
  readonly expected: string;
  readonly change: string;
};

/** As it is stored and printed: decimals in dollars. */
export type Explanation = {
  /** Likeliest causes, best first. */
  readonly causes: readonly (ExplainedDriver & { readonly explained: number })[];
  readonly hasSingleCause: boolean;
  /** What each value added, by dimension, largest first; each dimension adds up to the change. */
  readonly contributions: readonly ExplainedDriver[];
  readonly split: { readonly [Part in keyof CostBridge]: string } | null;
};

export type ExplainedChange = {
  readonly expected: Usd;
  readonly actual: Usd;
  readonly parts: readonly {
    readonly team: string;
    readonly actual: Usd;
    readonly expected: Usd;
  }[];
  readonly explanation: Omit<Explanation, "split">;
};

/** More would make the search for causes slow and changes nothing about the first. */
const MOST_LEAVES = 600;
const MOST_VALUES = 8;

/**
 * Explains the change of a scope. What is expected of the whole is the median
 * of the earlier windows; it is given to the leaves by what each had in them, so
 * that every dimension adds up to the change to the last digit.
 */
export function explainChange(leaves: readonly PastLeaf[]): ExplainedChange {
  const actual = sumUsd(leaves.map((leaf) => leaf.actual));
  const windows = leaves[0]?.past.length ?? 0;
  const totals = Array.from({ length: windows }, (_, index) =>
    sumUsd(leaves.map(({ past }) => past[index] ?? ZERO_USD)),
  );
  const expected = windows === 0 ? ZERO_USD : median(totals);
  const weights = leaves.map(({ past }) => nonNegative(sumUsd(past)));
  const shares = weights.some((weight) => weight > 0n)
    ? splitUsd(expected, weights)
    : leaves.map(() => ZERO_USD);
  const exact = leaves.map((leaf, index) => ({ ...leaf, expected: shares[index] ?? ZERO_USD }));
  const byTeam = groupSums(exact, "team");
  return {
    expected: sumUsd(shares),
    actual,
    parts: byTeam.map(({ value, ...sums }) => ({ team: value, ...sums })),
    explanation: {
      ...causesOf(leaves, exact),
      contributions: DRIVER_DIMENSIONS.flatMap((dimension) =>
        withRest(dimension, groupSums(exact, dimension)),
      ),
    },
  };
}

type ExactLeaf = PastLeaf & { readonly expected: Usd };
type Sums = { readonly value: string; readonly actual: Usd; readonly expected: Usd };

function causesOf(leaves: readonly PastLeaf[], exact: readonly ExactLeaf[]) {
  // Of values that explain alike, an agent's team for one, the narrower says more.
  const told = NARROW_FIRST.filter((name) => leaves.some(({ dimensions }) => dimensions[name]));
  const largest = leaves
    .toSorted((a, b) => Number(sizeOf(b) - sizeOf(a) > 0n) - Number(sizeOf(b) - sizeOf(a) < 0n))
    .slice(0, MOST_LEAVES)
    .map(({ dimensions, actual, past }) =>
      leafFromPast(
        Object.fromEntries(told.map((name) => [name, dimensions[name]])),
        actual,
        past.length === 0 ? [ZERO_USD] : past,
      ),
    );
  const { ranked, hasSingleCause } = findDrivers(largest, 3);
  return {
    hasSingleCause,
    causes: ranked.map(({ dimension, value, explained }) => {
      const sums = groupSums(exact, dimension as DriverDimension).find(
        (one) => one.value === value,
      );
      return {
        ...printed(dimension, sums ?? { value, actual: ZERO_USD, expected: ZERO_USD }),
        explained,
      };
    }),
  };
}

function groupSums(leaves: readonly ExactLeaf[], dimension: DriverDimension): Sums[] {
  const groups = Map.groupBy(leaves, ({ dimensions }) => dimensions[dimension]);
  return [...groups]
    .map(([value, of]) => ({
      value,
      actual: sumUsd(of.map((leaf) => leaf.actual)),
      expected: sumUsd(of.map((leaf) => leaf.expected)),
    }))
    .toSorted((a, b) => (change(a) === change(b) ? 0 : size(change(a)) > size(change(b)) ? -1 : 1));
}

/** Those with money: the largest by name, the others as one, so that they still add up. */
function withRest(dimension: string, sums: readonly Sums[]): ExplainedDriver[] {
  if (sums.every(({ value }) => value === "")) return [];
  const spent = sums.filter(({ actual, expected }) => actual !== 0n || expected !== 0n);
  const named = spent.slice(0, MOST_VALUES).map((one) => printed(dimension, one));
  const rest = spent.slice(MOST_VALUES);
  if (rest.length === 0) return named;
  const other = {
    value: `other:${rest.length}`,
    actual: sumUsd(rest.map(({ actual }) => actual)),
    expected: sumUsd(rest.map(({ expected }) => expected)),
  };
  return [...named, printed(dimension, other)];
}

function printed(dimension: string, sums: Sums): ExplainedDriver {
  return {
    dimension,
    value: sums.value === "" ? null : sums.value,
    actual: toDecimal(sums.actual),
    expected: toDecimal(sums.expected),
    change: toDecimal(change(sums)),
  };
}

function change({ actual, expected }: Pick<Sums, "actual" | "expected">): Usd {
  return subtractUsd(actual, expected);
}

function sizeOf({ actual, past }: PastLeaf): bigint {
  return [actual, ...past].reduce(
    (most, amount) => (size(amount) > most ? size(amount) : most),
    0n,
  );
}

function size(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

function nonNegative(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}

/** The lower of the two in the middle: an amount that really was. */
function median(amounts: readonly Usd[]): Usd {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return sorted[(sorted.length - 1) >> 1] ?? ZERO_USD;
}
