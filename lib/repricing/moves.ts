import { boundedName, dimensionSetId } from "#lib/ledger/dimension-set.ts";
import type { Dimensions } from "#lib/ledger/ledger-row.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import { agreedRatesOf } from "#lib/pricing/agreed-rates.ts";
import { promptSizesOf } from "#lib/pricing/prompt-sizes.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { type PriceSpan, priceSpans } from "./price-spans.ts";

/** Calls that are filed alike and were priced alike. */
export type PricedGroup = {
  readonly dimensionSetId: bigint;
  readonly dimensions: Dimensions;
  /** What they were priced by. */
  readonly rateSet: RateSet;
};

/** Names as calls were reported by, where these decide and not what they were filed under. */
export type ReportedNames = { readonly provider: string | null; readonly model: string | null };

/** What calls said of themselves that their filing does not tell. */
export type Said = {
  /** What paid, by the telemetry's word. */
  readonly funding: "api" | "plan";
  /** Null: whatever they were reported as. */
  readonly names: ReportedNames | null;
};

/** Calls of a group, of a stretch of time and of prompt sizes, that have another price now. */
export type Move = {
  readonly group: PricedGroup;
  readonly said: Said;
  readonly span: PriceSpan;
  readonly dimensionSetId: bigint;
  readonly dimensions: Dimensions;
};

export type Stretch = { readonly fromMs: number; readonly toMs: number };

export type RepricerOptions = {
  /** All that will be asked about lies in it. */
  readonly stretch: Stretch;
  /** Whether a cost model ever had a plan pay, so that "plan" need not be the telemetry's word. */
  readonly hasPlanModels: boolean;
};

/** Finds what a group's calls would be priced by now; remembers what it was asked. */
export class Repricer {
  readonly #pricing: Pick<Pricing, "spanOf">;
  readonly #options: RepricerOptions;
  readonly #spans = new Map<string, readonly PriceSpan[]>();

  constructor(pricing: Pick<Pricing, "spanOf">, options: RepricerOptions) {
    this.#pricing = pricing;
    this.#options = options;
  }

  /** The group's calls that have another price now, in so far as time, prompt size and funding tell. */
  movesOf(group: PricedGroup, names: ReportedNames | null, within: Stretch): Move[] {
    return this.#fundingsOf(group).flatMap((funding) => {
      const said = { funding, names };
      return this.#spansOf(group, said).flatMap((whole) => {
        const span = clipped(whole, within);
        if (span === null || span.rateSet.id === group.rateSet.id) return [];
        return [{ group, said, span, ...filedUnder(group, span.rateSet) }];
      });
    });
  }

  /** The one price of all the group's calls in a stretch; null where more than their filing decides. */
  onePriceOf(group: PricedGroup, within: Stretch): RateSet | null {
    const spans = this.#fundingsOf(group)
      .flatMap((funding) => this.#spansOf(group, { funding, names: null }))
      .filter((span) => clipped(span, within) !== null);
    const [first] = spans;
    if (first === undefined) return null;
    return spans.every(({ rateSet }) => rateSet.id === first.rateSet.id) ? first.rateSet : null;
  }

  #fundingsOf({ rateSet }: PricedGroup): readonly Said["funding"][] {
    if (rateSet.funding !== "plan") return ["api"];
    return this.#options.hasPlanModels ? ["plan", "api"] : ["plan"];
  }

  #spansOf({ rateSet, dimensions }: PricedGroup, said: Said) {
    const key = JSON.stringify([rateSet.id, dimensions.team, said]);
    const known = this.#spans.get(key);
    if (known !== undefined) return known;
    const { provider, model, tier, speed, region, inferenceGeo } = rateSet;
    const query = {
      ...{ tier, speed, region, inferenceGeo },
      provider: said.names?.provider ?? provider,
      model: said.names?.model ?? model,
      funding: said.funding,
      agreed: agreedRatesOf(rateSet),
    };
    const sizes = promptSizesOf(rateSet);
    const spans = priceSpans(this.#pricing, query, dimensions.team, this.#options.stretch).filter(
      ({ fromTokens, toTokens }) => fromTokens < sizes.to && sizes.from < toTokens,
    );
    this.#spans.set(key, spans);
    return spans;
  }
}

function clipped(span: PriceSpan, { fromMs, toMs }: Stretch): PriceSpan | null {
  const from = Math.max(span.fromMs, fromMs);
  const to = Math.min(span.toMs, toMs);
  return from < to ? { ...span, fromMs: from, toMs: to } : null;
}

/** A rate set names the provider and model in canonical form, and calls are filed under these. */
export function filedUnder({ dimensions }: PricedGroup, { provider, model }: RateSet) {
  const names = { provider: boundedName(provider), model: boundedName(model) };
  const filed = { ...dimensions, ...names };
  return { dimensions: filed, dimensionSetId: dimensionSetId(filed) };
}
