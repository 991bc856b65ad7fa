import { fundedRateSet } from "#lib/pricing/funded-rate-set.ts";
import type { PriceOverride } from "#lib/pricing/overrides.ts";
import type { PriceBook } from "#lib/pricing/price-book.ts";
import {
  listRateSetOf,
  type Prepaid,
  type RateQuery,
  type RateSet,
} from "#lib/pricing/rate-set.ts";
import {
  around,
  createSpanResolver,
  type RateSpan,
  type SpanResolver,
} from "#lib/pricing/rate-set-resolver.ts";
import { layerBook } from "./layer-book.ts";
import { aliasChanges, createAliasing, type NewAlias } from "./model-alias.ts";
import { ownOverride } from "./own-overrides.ts";
import type { OwnRate } from "./own-rate.ts";

/** What a call is charged by, and the list prices beneath it. */
export type PricedBy = {
  /** Names everything, `listRates` included; what the ledger refers to. */
  readonly rateSet: RateSet;
  /** For computing list cost only; the same object where nothing else was agreed. */
  readonly listRateSet: RateSet;
};

/** What paid for a team's usage beforehand, as its cost model says; null where it is metered. */
export type FundingOf = (
  usage: { readonly provider: string; readonly model: string },
  team: string,
  atMs: number,
) => Prepaid | null;

/** All prices as they are believed now: the shipped book, own prices, contracts, model names. */
export type Pricing = {
  /** List prices: the shipped book with the organisation's list prices on top. */
  readonly book: PriceBook;
  /** The query in known names, where the organisation named the model behind a name. */
  readonly aliased: (query: RateQuery) => RateQuery;
  /** @param team The slug of whom the call is allocated to: a team may have its own contract. */
  readonly resolve: (query: RateQuery, team: string) => PricedBy;
  /** The same, with the times and prompt sizes for which the answer holds. */
  readonly spanOf: (query: RateQuery, team: string) => RateSpan;
};

/** The team above each team that has one, by slug. */
export type TeamParents = ReadonlyMap<string, string>;

/**
 * Prices to resolve from, with a memory of what was resolved. Pure but for
 * that; teams without a contract of their own share the memory of the team
 * above, or of the organisation.
 *
 * @param own What is believed now, in any order.
 * @param parents A team's contract holds for the teams below it, too, unit by
 *   unit, unless a nearer one says otherwise.
 * @param fundingChanges The moments at which `fundingOf` may say otherwise, in
 *   milliseconds since 1970.
 */
export function createPricing(
  base: PriceBook,
  own: readonly OwnRate[],
  aliases: readonly NewAlias[],
  fundingOf: FundingOf = () => null,
  parents: TeamParents = new Map(),
  fundingChanges: readonly number[] = [],
): Pricing {
  const book = layerBook(base, own);
  const aliased = createAliasing(aliases);
  const byTeam = Map.groupBy(own, ({ team }) => team);
  const overridesOf = (team: string | null, above = 0): PriceOverride[] =>
    (byTeam.get(team) ?? []).flatMap((rate) => ownOverride(book, rate, above) ?? []);
  const shared = overridesOf(null);
  const ofAll = createSpanResolver(book, shared);
  const resolvers = new Map<string, SpanResolver>();
  for (const team of byTeam.keys()) {
    if (team === null) continue;
    const contracts = lineOf(team, parents).flatMap((slug, above) => overridesOf(slug, above));
    resolvers.set(team, createSpanResolver(book, [...shared, ...contracts]));
  }
  const nearest = (team: string): SpanResolver => {
    if (resolvers.size === 0) return ofAll;
    const slug = lineOf(team, parents).find((candidate) => resolvers.has(candidate));
    return resolvers.get(slug ?? "") ?? ofAll;
  };
  const changes = aliasChanges(aliases);
  const funded = (agreed: RateSet, query: RateQuery, team: string): RateSet => {
    const funding = query.funding === "plan" ? "plan" : fundingOf(agreed, team, query.atMs);
    return funding === null ? agreed : fundedRateSet(agreed, funding, book.hash);
  };
  return {
    book,
    aliased,
    resolve: (query, team) => {
      const rateSet = funded(nearest(team)(aliased(query)).rateSet, query, team);
      return { rateSet, listRateSet: listRateSetOf(rateSet) };
    },
    spanOf: (query, team) => {
      const span = nearest(team)(aliased(query));
      const [fromMs, toMs] = around([...changes(query), ...fundingChanges], query.atMs);
      return {
        ...span,
        rateSet: funded(span.rateSet, query, team),
        fromMs: Math.max(span.fromMs, fromMs),
        toMs: Math.min(span.toMs, toMs),
      };
    },
  };
}

/** The team and those above it, nearest first; a circle ends where it closes. */
function lineOf(team: string, parents: TeamParents): string[] {
  const line = [team];
  for (let at = parents.get(team); at !== undefined && !line.includes(at); at = parents.get(at)) {
    line.push(at);
  }
  return line;
}
