import type { PriceBook } from "#lib/pricing/price-book.ts";
import { RATE_RANKS } from "#lib/pricing/price-book.ts";
import { canonicalProvider } from "#lib/pricing/providers.ts";
import { type OwnRate, rateKey } from "./own-rate.ts";
import { ownRow, type PriceRow, positionOf, shippedRows } from "./price-row.ts";
import type { Recheck, Rechecks } from "./recheck.ts";

/**
 * - `in_force`: charged now. `announced`: charged from a later moment on.
 * - `ended`: no longer charged. `replaced`: another rate of the same conditions
 *   is charged instead. `withdrawn`: no longer believed.
 */
export const PRICE_STATES = ["in_force", "announced", "ended", "replaced", "withdrawn"] as const;
export type PriceState = (typeof PRICE_STATES)[number];

export type ListedPrice = PriceRow & {
  readonly state: PriceState;
  /** Not looked at for more than 60 days. */
  readonly isStale: boolean;
  /** The latest look at its source by somebody here; null where there was none. */
  readonly recheck: Recheck | null;
};

/** Which prices; what is left out is not asked about. */
export type PriceQuery = {
  readonly providers?: readonly string[];
  readonly models?: readonly string[];
  readonly unit?: string;
  readonly tier?: string;
  readonly team?: string;
  readonly kind?: string;
  readonly origin?: "shipped" | "own";
  readonly states?: readonly PriceState[];
  readonly isStale?: boolean;
  /** Words that all occur in provider, model, unit, tier or source. */
  readonly search?: string;
};

export type PriceTimes = {
  /** The moment whose charged prices are "in force". */
  readonly at: Date;
  /** What was believed at this moment; null for now. */
  readonly believedAt: Date | null;
  readonly today: Date;
};

export type Freshness = {
  /** The days on which the newest and the oldest price in force were looked at; null without any. */
  readonly newest: string | null;
  readonly oldest: string | null;
  readonly inForce: number;
  readonly stale: number;
};

const STALE_MS = 60 * 86_400_000;

/** The day on which a price was last looked at: when it was read, or checked again. */
export function checkedOn({ source, recheck }: Pick<ListedPrice, "source" | "recheck">): string {
  const read = source.checkedAt;
  return recheck !== null && recheck.day > read ? recheck.day : read;
}

/** The price book, sorted, with the state of each rate. Pure. */
export function listPrices(
  book: PriceBook,
  own: readonly OwnRate[],
  times: PriceTimes,
  rechecks: Rechecks = new Map(),
): ListedPrice[] {
  const believed = own.filter((rate) => wasRecorded(rate, times.believedAt));
  const rows = [...shippedRows(book), ...believed.map(ownRow)];
  const charged = chargedRows(
    rows.filter((row) => !isWithdrawn(row, times.believedAt)),
    times.at,
  );
  return rows
    .map((row) => {
      const recheck = rechecks.get(row.id) ?? null;
      const lookedAt = Date.parse(checkedOn({ source: row.source, recheck }));
      return {
        ...row,
        recheck,
        state: stateOf(row, charged, times),
        isStale: times.today.getTime() - lookedAt > STALE_MS,
      };
    })
    .map((row) => [positionOf(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
}

function wasRecorded({ recordedAt }: OwnRate, believedAt: Date | null): boolean {
  return believedAt === null || recordedAt <= believedAt;
}

function isWithdrawn({ supersededAt }: PriceRow, believedAt: Date | null): boolean {
  return supersededAt !== null && (believedAt === null || supersededAt <= believedAt);
}

/** Of the rates with the same conditions the one that is charged: own first, then the latest. */
function chargedRows(rows: readonly PriceRow[], at: Date): ReadonlySet<PriceRow> {
  const charged = new Map<string, PriceRow>();
  const ownForAll = new Set<string>();
  for (const row of rows) {
    if (!isCharged(row, at)) continue;
    const key = rateKey(row);
    const other = charged.get(key);
    if (other === undefined || isStronger(row, other)) charged.set(key, row);
    if (row.origin === "own" && isForAllSizesAndHours(row)) ownForAll.add(key);
  }
  const isOutdone = (row: PriceRow) =>
    row.origin === "shipped" && ownForAll.has(rateKey({ ...row, context: null, window: null }));
  return new Set([...charged.values()].filter((row) => !isOutdone(row)));
}

/** An own price for all prompt sizes and hours is charged instead of shipped ones for some. */
function isForAllSizesAndHours({ context, window, kind }: PriceRow): boolean {
  return context === null && window === null && kind !== "contract";
}

function isStronger(a: PriceRow, b: PriceRow): boolean {
  const ranks = RATE_RANKS.indexOf(a.rank) - RATE_RANKS.indexOf(b.rank);
  if (ranks !== 0) return ranks < 0;
  return (a.effectiveFrom?.getTime() ?? -Infinity) > (b.effectiveFrom?.getTime() ?? -Infinity);
}

function isCharged({ effectiveFrom, effectiveTo }: PriceRow, at: Date): boolean {
  return (
    (effectiveFrom === null || effectiveFrom <= at) && (effectiveTo === null || at < effectiveTo)
  );
}

function stateOf(row: PriceRow, charged: ReadonlySet<PriceRow>, times: PriceTimes): PriceState {
  if (isWithdrawn(row, times.believedAt)) return "withdrawn";
  if (row.effectiveTo !== null && row.effectiveTo <= times.at) return "ended";
  if (row.effectiveFrom !== null && row.effectiveFrom > times.at) return "announced";
  return charged.has(row) ? "in_force" : "replaced";
}

/** The rates that a query asks for, in the list's order. */
export function filterPrices(rows: readonly ListedPrice[], query: PriceQuery): ListedPrice[] {
  const providers = query.providers?.map(canonicalProvider);
  const models = query.models?.map((model) => model.toLowerCase());
  const words = (query.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      (providers === undefined || providers.includes(row.provider ?? "")) &&
      (models === undefined || models.includes((row.model ?? "").toLowerCase())) &&
      isOneOf(query.unit, row.unit) &&
      isOneOf(query.tier, row.tier) &&
      isOneOf(query.team, row.team) &&
      isOneOf(query.kind, row.kind) &&
      isOneOf(query.origin, row.origin) &&
      (query.states === undefined || query.states.includes(row.state)) &&
      (query.isStale === undefined || query.isStale === row.isStale) &&
      hasWords(row, words),
  );
}

function isOneOf(wanted: string | undefined, value: string | null): boolean {
  return wanted === undefined || wanted === (value ?? "");
}

function hasWords({ provider, model, unit, tier, source }: ListedPrice, words: readonly string[]) {
  if (words.length === 0) return true;
  const text = `${provider} ${model} ${unit} ${tier} ${source.name}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** How old the prices in force are. */
export function freshnessOf(rows: readonly ListedPrice[]): Freshness {
  const days = rows
    .filter(({ state }) => state === "in_force")
    .map(checkedOn)
    .sort();
  return {
    newest: days.at(-1) ?? null,
    oldest: days[0] ?? null,
    inForce: days.length,
    stale: rows.filter(({ state, isStale }) => state === "in_force" && isStale).length,
  };
}
