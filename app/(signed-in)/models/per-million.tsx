import { useLocale } from "next-intl";
import { formatUsdRate } from "#app/_format/format-usd.ts";
import type { Usd } from "#lib/money/money.ts";
import type { ClassCost, CostClass, ModelCost } from "#lib/reports/model-costs.ts";

/** The classes with a figure of their own; writes of both lifetimes stand together. */
export const COST_CLASSES: readonly {
  readonly name: "input" | "cacheRead" | "cacheWrite" | "output";
  readonly classes: readonly CostClass[];
}[] = [
  { name: "input", classes: ["input_uncached"] },
  { name: "cacheRead", classes: ["cache_read"] },
  { name: "cacheWrite", classes: ["cache_write_5m", "cache_write_1h"] },
  { name: "output", classes: ["output"] },
];

/** The tokens of some classes that have a rate, and what they came to. */
export function classSum(
  costs: readonly (Pick<ModelCost, "classes"> | null)[],
  names: readonly CostClass[],
): ClassCost {
  const parts = costs.flatMap((cost) => names.flatMap((name) => cost?.classes[name] ?? []));
  return {
    tokens: parts.reduce((sum, { tokens }) => sum + tokens, 0),
    cost: parts.reduce((sum, { cost }) => sum + cost, 0n) as Usd,
  };
}

/** Money for a million tokens, rounded down; null where nothing of the class has a price. */
export function perMillion({ tokens, cost }: ClassCost): Usd | null {
  return tokens === 0 ? null : (((cost * 1_000_000n) / BigInt(tokens)) as Usd);
}

export function PerMillion({ sum }: { readonly sum: ClassCost }) {
  const locale = useLocale();
  const rate = perMillion(sum);
  if (rate === null) return <span className="text-faint">–</span>;
  return formatUsdRate(rate, locale);
}
