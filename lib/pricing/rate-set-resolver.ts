import { agreedOverrides } from "./agreed-rates.ts";
import { applyOverrides, type PriceOverride } from "./overrides.ts";
import type { ContextBand, PriceBook, Rate } from "./price-book.ts";
import type { RateQuery, RateSet } from "./rate-set.ts";
import { locate, ratesOf, resolveRateSet } from "./resolve-rate-set.ts";
import { steadyBlockMs } from "./time-window.ts";
import { UNIT_NAMES } from "./units.ts";

/** A rate set, and the times and prompt sizes for which it is the answer; upper bounds exclusive. */
export type RateSpan = {
  readonly rateSet: RateSet;
  readonly fromMs: number;
  readonly toMs: number;
  readonly fromTokens: number;
  readonly toTokens: number;
};

/** Names come from outside: the memory of one process must not grow with them. */
const MAX_KEYS = 20_000;
const MAX_ENTRIES = 64;

export type SpanResolver = (query: RateQuery) => RateSpan;

/**
 * A resolver for the hot path. It remembers a rate set for as long, and for
 * prompts as large, as no rate, rule or override can change it.
 *
 * @param overrides Those of one organisation and team; none gives list prices.
 */
export function createSpanResolver(
  book: PriceBook,
  overrides: readonly PriceOverride[] = [],
): SpanResolver {
  const cache = new Map<string, RateSpan[]>();
  return (query) => {
    const key = keyOf(query);
    const known = cache.get(key);
    if (known !== undefined) {
      for (const entry of known) if (isValidFor(entry, query)) return entry;
    }
    const all = [...agreedOverrides(query.agreed ?? []), ...overrides];
    const rateSet = applyOverrides(resolveRateSet(book, query), all, query, book.hash);
    const entry = { rateSet, ...validity(book, overrides, query) };
    if (known === undefined && cache.size >= MAX_KEYS) cache.clear();
    cache.set(key, [entry, ...(known ?? []).slice(0, MAX_ENTRIES - 1)]);
    return entry;
  };
}

/** As {@link createSpanResolver}, for those who ask for the rate set alone. */
export function createRateSetResolver(
  book: PriceBook,
  overrides: readonly PriceOverride[] = [],
): (query: RateQuery) => RateSet {
  const spanOf = createSpanResolver(book, overrides);
  return (query) => spanOf(query).rateSet;
}

function keyOf({
  provider,
  model,
  tier,
  speed,
  region,
  inferenceGeo,
  agreed = [],
}: RateQuery): string {
  const named = `${provider ?? ""}\n${model ?? ""}\n${tier ?? ""}\n${speed ?? ""}\n${region ?? ""}\n${inferenceGeo ?? ""}`;
  return agreed.length === 0 ? named : `${named}\n${JSON.stringify(agreed)}`;
}

function isValidFor(entry: RateSpan, { atMs, contextTokens }: RateQuery): boolean {
  return (
    entry.fromMs <= atMs &&
    atMs < entry.toMs &&
    entry.fromTokens <= contextTokens &&
    contextTokens < entry.toTokens
  );
}

function validity(
  book: PriceBook,
  overrides: readonly PriceOverride[],
  query: RateQuery,
): Omit<RateSpan, "rateSet"> {
  const { found } = locate(book, query);
  const rates: readonly Rate[] =
    found === null ? [] : UNIT_NAMES.flatMap((unit) => ratesOf(found, unit));
  const changes = [...rates, ...book.modifiers, ...overrides].flatMap(
    ({ effectiveFromMs, effectiveToMs }) => [effectiveFromMs, effectiveToMs],
  );
  const windows = [...rates, ...overrides].flatMap(({ window }) => window ?? []);
  const block = windows.length === 0 ? Infinity : steadyBlockMs(windows);
  const blockStart = block === Infinity ? -Infinity : Math.floor(query.atMs / block) * block;
  const [fromMs, toMs] = around(changes, query.atMs);
  const bands = [...rates, ...overrides].flatMap(({ context }) =>
    context == null ? [] : thresholds(context),
  );
  const [fromTokens, toTokens] = around(bands, query.contextTokens);
  return {
    fromMs: Math.max(fromMs, blockStart),
    toMs: block === Infinity ? toMs : Math.min(toMs, blockStart + block),
    fromTokens,
    toTokens,
  };
}

/** The first prompt size of the band, and the first above it. */
function thresholds(band: ContextBand): number[] {
  const first = band.minInclusive ? band.min : band.min + 1;
  if (band.max === null) return [first];
  return [first, band.maxInclusive ? band.max + 1 : band.max];
}

/** The nearest changes at or before, and after, a value; infinite where there are none. */
export function around(changes: readonly (number | null)[], value: number): [number, number] {
  let before = -Infinity;
  let after = Infinity;
  for (const change of changes) {
    if (change === null) continue;
    if (change <= value) before = Math.max(before, change);
    else after = Math.min(after, change);
  }
  return [before, after];
}
