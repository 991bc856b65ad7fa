import type { Unit } from "./units.ts";

/** Where a price was read, and what it said there. */
export type PriceSource = {
  readonly name: string;
  readonly url: string;
  /** The day a person or the importer read it, YYYY-MM-DD. */
  readonly checkedAt: string;
  readonly quote: string | null;
};

/**
 * - `list`: published by whoever bills. `free`: published as free of charge.
 * - `contract`: agreed. `estimate`: somebody's assumption, labelled as such.
 */
export type RateKind = "list" | "contract" | "free" | "estimate";

/** What a call is charged by; `agreed`: a price that came with the call itself. */
export type ChargedKind = RateKind | "agreed";

/**
 * The prompt sizes a rate holds for. The whole request is priced by the band it
 * falls in. Whether a threshold itself belongs to the upper band differs by
 * vendor ("up to 100,000", "reaches 200k"), hence the flags.
 */
export type ContextBand = {
  readonly min: number;
  readonly minInclusive: boolean;
  readonly max: number | null;
  readonly maxInclusive: boolean;
};

/** Hours of the day, in the provider's own zone, in which a rate holds. */
export type TimeWindow = {
  /** IANA zone. */
  readonly tz: string;
  /** ISO weekdays, 1 is Monday; null for every day. */
  readonly weekdays: readonly number[] | null;
  /** Minutes after local midnight; `from` inclusive, `to` exclusive. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Local days, YYYY-MM-DD, on which the window does not open. */
  readonly exceptDates: readonly string[];
};

/** Where a rate was recorded, strongest first. */
export const RATE_RANKS = ["own", "overlay", "catalogue"] as const;
export type RateRank = (typeof RATE_RANKS)[number];

/** One published price. `amount` USD buys `per` units. */
export type Rate = {
  readonly unit: Unit;
  readonly amount: string;
  readonly per: number;
  /** Served tier; null holds for every tier (fees). */
  readonly tier: string | null;
  /** "fast", or null for normal speed; fees hold for both. */
  readonly speed: string | null;
  readonly region: string | null;
  readonly context: ContextBand | null;
  readonly window: TimeWindow | null;
  /** When the provider charges it: from inclusive, to exclusive; null is open. */
  readonly effectiveFromMs: number | null;
  readonly effectiveToMs: number | null;
  readonly kind: RateKind;
  /** What the organisation recorded wins over the overlay, read by hand, and that over the catalogue. */
  readonly rank: RateRank;
  readonly source: PriceSource;
};

/** What a rule is about, besides its provider. Absent lists hold for every model. */
export type ModelScope = {
  readonly models: ReadonlySet<string> | null;
  readonly exceptModels: ReadonlySet<string>;
  /** A family, by the start of its canonical ids; scopes a rule, never a name look-up. */
  readonly families: readonly string[] | null;
};

export const MODIFIED_DIMENSIONS = ["tier", "speed", "region", "inferenceGeo"] as const;
export type ModifiedDimension = (typeof MODIFIED_DIMENSIONS)[number];

/**
 * A documented rule that stands in where no row is published: a call whose
 * `dimension` is one of `values` is priced as if it were `becomes`, times
 * num/den. Token units only.
 */
export type Modifier = {
  readonly providers: ReadonlySet<string>;
  readonly scope: ModelScope;
  readonly dimension: ModifiedDimension;
  /** "*" stands for any stated value. */
  readonly values: ReadonlySet<string>;
  readonly becomes: string | null;
  readonly num: number;
  readonly den: number;
  readonly units: ReadonlySet<Unit> | null;
  /** Not together with these speeds. */
  readonly exceptSpeeds: ReadonlySet<string>;
  readonly effectiveFromMs: number | null;
  readonly effectiveToMs: number | null;
  readonly source: PriceSource;
};

/** A documented rule that gives a unit without its own row a share of another unit's price. */
export type DerivedUnit = {
  readonly providers: ReadonlySet<string>;
  readonly scope: ModelScope;
  readonly unit: Unit;
  readonly from: Unit;
  readonly num: number;
  readonly den: number;
  readonly source: PriceSource;
};

export type PricedModel = {
  /** Canonical id. */
  readonly model: string;
  readonly rates: ReadonlyMap<Unit, readonly Rate[]>;
};

export type PricedProvider = {
  /** By canonical id. */
  readonly models: ReadonlyMap<string, PricedModel>;
  /** Lower-case spelling to canonical id. */
  readonly names: ReadonlyMap<string, string>;
  /** Fees that hold for every known model. */
  readonly fees: ReadonlyMap<Unit, readonly Rate[]>;
  /** Whose models are sold here at the same price, unless they are listed here, in order. */
  readonly inherits: readonly Inheritance[];
};

/** `tiers`: every row holds here too; else only the standard tier at normal speed, without fees. */
export type Inheritance = { readonly provider: string; readonly tiers: boolean };

/** All list prices with their history. A value: build it once, share it, never change it. */
export type PriceBook = {
  readonly providers: ReadonlyMap<string, PricedProvider>;
  readonly modifiers: readonly Modifier[];
  readonly derived: readonly DerivedUnit[];
  /** Names the content of a rate set: a signed 64-bit integer in decimal. */
  readonly hash: (content: string) => string;
};
