import { z } from "zod";
import { MODIFIED_DIMENSIONS } from "./price-book.ts";
import { UNIT_NAMES } from "./units.ts";

/**
 * The JSON form of prices: the imported catalogue and the overlays kept by hand
 * have the same shape, so that a reviewer reads one thing.
 */

const Unit = z.enum(UNIT_NAMES);
/** Dollars for one block (see UNITS), as published: a plain decimal, never a float. */
const Amount = z.string().regex(/^\d+(\.\d{1,12})?$/);
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
/** A day begins at midnight UTC unless the provider states the hour. */
const Instant = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/);
const ClockTime = z.string().regex(/^([01]\d|2[0-4]):[0-5]\d$/);
const Fraction = z.tuple([z.int().min(0), z.int().min(1)]);

const Source = z.strictObject({
  name: z.string(),
  url: z.url(),
  checkedAt: Day,
  quote: z.string().optional(),
});

export const WindowShape = z.strictObject({
  tz: z.string(),
  weekdays: z.array(z.int().min(1).max(7)).optional(),
  from: ClockTime,
  to: ClockTime,
  exceptDates: z.array(Day).optional(),
});

/** Prompt sizes: one lower bound (`over` excludes it, `from` includes it) and one upper bound. */
export const ContextShape = z.strictObject({
  over: z.int().optional(),
  from: z.int().optional(),
  upTo: z.int().optional(),
  below: z.int().optional(),
});

const Card = z.strictObject({
  tier: z.string().optional(),
  speed: z.string().optional(),
  region: z.string().optional(),
  context: ContextShape.optional(),
  window: WindowShape.optional(),
  from: Instant.optional(),
  to: Instant.optional(),
  kind: z.enum(["list", "free", "estimate"]).optional(),
  source: z.string().optional(),
  usd: z.partialRecord(Unit, Amount),
});

const Model = z.strictObject({
  /** Other spellings of this model. */
  names: z.array(z.string()).optional(),
  /** Other models, each under its own name, at the same price. */
  also: z.array(z.string()).optional(),
  /** These cards take the place of the catalogue's, which are known to be wrong. */
  replaces: z.boolean().optional(),
  cards: z.array(Card),
});

const Provider = z.strictObject({
  /** Sold at the same price as there, unless listed here; `tiers` when all its rows hold, not only the plain list. */
  inherits: z
    .array(z.strictObject({ provider: z.string(), tiers: z.literal(true).optional() }))
    .optional(),
  models: z.record(z.string(), Model),
  fees: z.array(Card).optional(),
});

const Rule = {
  providers: z.array(z.string()).min(1),
  models: z.array(z.string()).optional(),
  exceptModels: z.array(z.string()).optional(),
  families: z.array(z.string()).optional(),
  multiply: Fraction,
  source: z.string(),
};

const Modifier = z.strictObject({
  ...Rule,
  dimension: z.enum(MODIFIED_DIMENSIONS),
  values: z.array(z.string()).min(1),
  becomes: z.string().nullable(),
  units: z.array(Unit).optional(),
  exceptSpeeds: z.array(z.string()).optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});

const Derived = z.strictObject({ ...Rule, unit: Unit, fromUnit: Unit });

export const PriceFile = z.strictObject({
  rank: z.enum(["overlay", "catalogue"]),
  /** Cards without a `source` of their own come from "default". */
  sources: z.record(z.string(), Source),
  note: z.string().optional(),
  providers: z.record(z.string(), Provider),
  modifiers: z.array(Modifier).optional(),
  derived: z.array(Derived).optional(),
  /** Known names without a usable price; they stay unpriced. */
  withoutPrice: z.record(z.string(), z.array(z.string())).optional(),
  /** What the importer would not take, and why. */
  refused: z.array(z.string()).optional(),
});
export type PriceFile = z.infer<typeof PriceFile>;
export type PriceCard = z.infer<typeof Card>;
export type PriceModel = z.infer<typeof Model>;
