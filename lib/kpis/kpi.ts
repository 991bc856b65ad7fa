import { multiplyFraction, toDecimal, type Usd } from "#lib/money/money.ts";

/**
 * The key figures of finance. Each is one exact amount or count divided by
 * another, so that it can be worked out again with a calculator.
 */
export const KPIS = {
  allocation_coverage: { unit: "share", numerator: "usd", denominator: "usd" },
  pricing_coverage: { unit: "share", numerator: "count", denominator: "count" },
  reconciliation_gap: { unit: "share", numerator: "usd", denominator: "usd" },
  budget_variance: { unit: "share", numerator: "usd", denominator: "usd" },
  forecast_error: { unit: "share", numerator: "usd", denominator: "usd" },
  realised_price_index: { unit: "index", numerator: "usd", denominator: "usd" },
  cost_per_developer_day: { unit: "usd", numerator: "usd", denominator: "count" },
  seat_utilisation: { unit: "share", numerator: "count", denominator: "count" },
} as const satisfies Record<string, KpiShape>;

type KpiShape = {
  /** `share`: of one, shown in percent; `index`: 1 is the list price. */
  readonly unit: "share" | "index" | "usd";
  readonly numerator: "usd" | "count";
  readonly denominator: "usd" | "count";
};

export type KpiName = keyof typeof KPIS;
export const KPI_NAMES = Object.keys(KPIS) as readonly KpiName[] as readonly [
  KpiName,
  ...KpiName[],
];

/** Dollars are whole 10⁻¹⁸ of one, counts are as they are. */
export type Ratio = { readonly numerator: bigint; readonly denominator: bigint };

/** Null: nothing to divide by, or not known yet. Never a zero that says nothing. */
export type Kpis = { readonly [Name in KpiName]: Ratio | null };

const ONE = 10n ** 18n;
/** Shares and indices have six decimals. */
const STEP = 10n ** 12n;

/** A ratio that can be worked out; null of nothing. */
export function ratio(numerator: bigint, denominator: bigint): Ratio | null {
  return denominator > 0n ? { numerator, denominator } : null;
}

/** The figure as an exact decimal text: shares and indices with six decimals, dollars with all. */
export function kpiValue(name: KpiName, { numerator, denominator }: Ratio): string {
  if (KPIS[name].unit === "usd") {
    return toDecimal(multiplyFraction(numerator as Usd, 1n, denominator));
  }
  const steps = multiplyFraction(numerator as Usd, ONE / STEP, denominator);
  return toDecimal((steps * STEP) as Usd);
}

/** One side of the division as text: dollars as a decimal, counts as a whole number. */
export function kpiTerm(name: KpiName, side: keyof Ratio, { [side]: term }: Ratio): string {
  return KPIS[name][side] === "usd" ? toDecimal(term as Usd) : String(term);
}

/** The model calls of the month that have no price: its amounts are without them. */
export function unpricedCalls({
  pricing_coverage: coverage,
}: Pick<Kpis, "pricing_coverage">): number {
  return coverage === null ? 0 : Number(coverage.denominator - coverage.numerator);
}
