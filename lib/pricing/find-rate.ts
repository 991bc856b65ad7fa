import {
  type ContextBand,
  type ModelScope,
  type Modifier,
  type PriceBook,
  RATE_RANKS,
  type Rate,
} from "./price-book.ts";
import { isWithinWindow } from "./time-window.ts";
import { isTokenUnit, type Unit } from "./units.ts";

/** A call's normalised circumstances. */
export type Circumstances = {
  readonly provider: string;
  readonly model: string;
  readonly tier: string;
  readonly speed: string | null;
  readonly region: string | null;
  readonly inferenceGeo: string | null;
  readonly contextTokens: number;
  readonly atMs: number;
};

export type FoundRate = { readonly rate: Rate; readonly modifiers: readonly Modifier[] };

/**
 * Picks the row published for exactly these circumstances. Only where there is
 * none, the fewest documented rules that lead to a row; without such rules, null.
 */
export function findRate(
  book: PriceBook,
  rates: readonly Rate[],
  unit: Unit,
  call: Circumstances,
): FoundRate | null {
  const fitting = rates.filter((rate) => holdsFor(rate, call.contextTokens, call.atMs));
  if (fitting.length === 0) return null;
  if (!isTokenUnit(unit)) return best(fitting.filter(isAnyTierOr(call.tier)), []);
  const exact = best(fitting.filter(rowMatches(call)), []);
  if (exact !== null) return exact;
  for (const modifiers of combinations(applicable(book, unit, call))) {
    const found = best(fitting.filter(rowMatches(modified(call, modifiers))), modifiers);
    if (found !== null) return found;
  }
  return null;
}

function holdsFor(rate: Rate, contextTokens: number, atMs: number): boolean {
  return (
    isInBand(rate.context, contextTokens) &&
    (rate.effectiveFromMs === null || rate.effectiveFromMs <= atMs) &&
    (rate.effectiveToMs === null || atMs < rate.effectiveToMs) &&
    (rate.window === null || isWithinWindow(rate.window, atMs))
  );
}

export function isInBand(band: ContextBand | null, tokens: number): boolean {
  if (band === null) return true;
  if (band.minInclusive ? tokens < band.min : tokens <= band.min) return false;
  if (band.max === null) return true;
  return band.maxInclusive ? tokens <= band.max : tokens < band.max;
}

function isAnyTierOr(tier: string): (rate: Rate) => boolean {
  return (rate) => rate.tier === null || rate.tier === tier;
}

/** No row is published by inference geography: that dimension is only ever modified. */
function rowMatches(call: Circumstances): (rate: Rate) => boolean {
  return (rate) =>
    rate.tier === call.tier &&
    rate.speed === call.speed &&
    rate.region === call.region &&
    call.inferenceGeo === null;
}

/** An own row, then one read by hand, then the hours of the day, then the latest. */
function best(rates: readonly Rate[], modifiers: readonly Modifier[]): FoundRate | null {
  const [rate] = rates.toSorted(
    (a, b) =>
      RATE_RANKS.indexOf(a.rank) - RATE_RANKS.indexOf(b.rank) ||
      Number(b.window !== null) - Number(a.window !== null) ||
      (b.effectiveFromMs ?? -Infinity) - (a.effectiveFromMs ?? -Infinity) ||
      0,
  );
  return rate === undefined ? null : { rate, modifiers };
}

function applicable(book: PriceBook, unit: Unit, call: Circumstances): Modifier[] {
  return book.modifiers.filter(
    (rule) =>
      rule.providers.has(call.provider) &&
      isInScope(rule.scope, call.model) &&
      isStated(rule.values, call[rule.dimension]) &&
      (rule.units === null || rule.units.has(unit)) &&
      !(call.speed !== null && rule.exceptSpeeds.has(call.speed)) &&
      (rule.effectiveFromMs === null || rule.effectiveFromMs <= call.atMs) &&
      (rule.effectiveToMs === null || call.atMs < rule.effectiveToMs),
  );
}

/** "*" is any place that was stated, but never "global", which no uplift is charged for. */
function isStated(values: ReadonlySet<string>, value: string | null): boolean {
  if (value === null) return false;
  return values.has(value) || (values.has("*") && value !== "global");
}

export function isInScope(scope: ModelScope, model: string): boolean {
  if (scope.exceptModels.has(model)) return false;
  if (scope.models === null && scope.families === null) return true;
  return (
    scope.models?.has(model) === true ||
    scope.families?.some((family) => model === family || model.startsWith(`${family}-`)) === true
  );
}

/** All choices of at most one rule for each dimension, the smallest first. */
function combinations(modifiers: readonly Modifier[]): Modifier[][] {
  const chosen: Modifier[][] = [[]];
  for (const rule of modifiers) {
    const free = chosen.filter((set) => set.every((other) => other.dimension !== rule.dimension));
    chosen.push(...free.map((set) => [...set, rule]));
  }
  return chosen.filter((set) => set.length > 0).sort((a, b) => a.length - b.length);
}

function modified(call: Circumstances, modifiers: readonly Modifier[]): Circumstances {
  const changes = modifiers.map((rule) => [rule.dimension, rule.becomes] as const);
  return { ...call, ...Object.fromEntries(changes) };
}
