import { createHash } from "node:crypto";
import type { z } from "zod";
import type {
  ContextBand,
  PriceBook,
  PriceSource,
  Rate,
  RateKind,
  TimeWindow,
} from "#lib/pricing/price-book.ts";
import type { ContextShape, WindowShape } from "#lib/pricing/price-file.ts";
import { isTokenUnit, UNIT_NAMES, type Unit } from "#lib/pricing/units.ts";
import type { NewRate, OwnRate } from "./own-rate.ts";

/** One rate of the price book as it is listed, shipped or recorded by the organisation. */
export type PriceRow = Omit<NewRate, "kind" | "includesFees"> & {
  readonly id: string;
  readonly origin: "shipped" | "own";
  readonly kind: RateKind;
  readonly includesFees: boolean;
  /** Whose price list it is taken over from, where a provider resells at the same price. */
  readonly soldAs: string | null;
  /** Since and until when it was believed; null for what the release says. */
  readonly recordedAt: Date | null;
  readonly recordedBy: string | null;
  readonly supersededAt: Date | null;
  readonly supersededBy: string | null;
  /** The overlay, read by hand, before the catalogue; own before both. */
  readonly rank: Rate["rank"];
};

const SHIPPED = new WeakMap<PriceBook, readonly PriceRow[]>();

/** Every rate of the shipped book, also those that a provider resells. */
export function shippedRows(book: PriceBook): readonly PriceRow[] {
  const known = SHIPPED.get(book);
  if (known !== undefined) return known;
  const rows = [...book.providers.keys()].flatMap((name) => rowsOf(book, name));
  SHIPPED.set(book, rows);
  return rows;
}

function rowsOf(book: PriceBook, name: string): PriceRow[] {
  const provider = book.providers.get(name);
  if (provider === undefined) return [];
  const sellers = [{ provider: name, tiers: true }, ...provider.inherits];
  const seen = new Set<string>();
  const rows = sellers.flatMap(({ provider: from, tiers }) => {
    const models = [...(book.providers.get(from)?.models.values() ?? [])];
    const fresh = models.filter(({ model }) => !seen.has(model));
    for (const { model } of fresh) seen.add(model);
    return fresh.flatMap(({ model, rates }) =>
      [...rates.values()]
        .flat()
        .filter((rate) => tiers || isPlain(rate))
        .map((rate) => shippedRow(name, model, rate, from === name ? null : from)),
    );
  });
  const fees = [...provider.fees.values()].flat();
  return [...rows, ...fees.map((fee) => shippedRow(name, null, fee, null))];
}

function isPlain({ unit, tier, speed, region }: Rate): boolean {
  return isTokenUnit(unit) && tier === "standard" && speed === null && region === null;
}

function shippedRow(
  provider: string,
  model: string | null,
  rate: Rate,
  soldAs: string | null,
): PriceRow {
  const row = {
    origin: "shipped",
    team: null,
    kind: rate.kind,
    provider,
    model,
    unit: rate.unit,
    price: { amount: rate.amount, per: rate.per },
    tier: rate.tier,
    speed: rate.speed,
    region: rate.region,
    context: rate.context === null ? null : contextShape(rate.context),
    window: rate.window === null ? null : windowShape(rate.window),
    includesFees: false,
    effectiveFrom: rate.effectiveFromMs === null ? null : new Date(rate.effectiveFromMs),
    effectiveTo: rate.effectiveToMs === null ? null : new Date(rate.effectiveToMs),
    rank: rate.rank,
  } as const;
  const believed = { recordedAt: null, recordedBy: null, supersededAt: null, supersededBy: null };
  return { id: idOf(row), ...row, source: rate.source as PriceSource, soldAs, ...believed };
}

/** The content names a shipped rate: the same price has the same id in the next release. */
function idOf(row: object): string {
  return createHash("sha256").update(JSON.stringify(row)).digest("hex").slice(0, 20);
}

export function ownRow(rate: OwnRate): PriceRow {
  return { ...rate, origin: "own", soldAs: null, rank: "own" };
}

function contextShape(band: ContextBand): z.infer<typeof ContextShape> {
  const { min, minInclusive, max, maxInclusive } = band;
  return {
    ...(min > 0 ? { [minInclusive ? "from" : "over"]: min } : {}),
    ...(max === null ? {} : { [maxInclusive ? "upTo" : "below"]: max }),
  };
}

function windowShape(window: TimeWindow): z.infer<typeof WindowShape> {
  return {
    tz: window.tz,
    from: clock(window.fromMinute),
    to: clock(window.toMinute),
    ...(window.weekdays === null ? {} : { weekdays: [...window.weekdays] }),
    ...(window.exceptDates.length === 0 ? {} : { exceptDates: [...window.exceptDates] }),
  };
}

function clock(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Where a row stands in the list: by provider, model, unit, what it is for, and time. */
export function positionOf(row: PriceRow): string {
  const { provider, model, unit, tier, region, effectiveFrom, id } = row;
  const place = unit === null ? -1 : UNIT_NAMES.indexOf(unit as Unit);
  return [
    provider ?? "",
    model ?? "",
    String(place + 1).padStart(2, "0"),
    tier === "standard" ? "" : (tier ?? ""),
    region ?? "",
    String(row.context?.from ?? row.context?.over ?? 0).padStart(9, "0"),
    effectiveFrom?.toISOString() ?? "",
    id,
  ].join("\u0001");
}
