import { type Fraction, ONE, parseFraction } from "#lib/money/money.ts";

/** ISO 4217, for example "EUR". */
export type CurrencyCode = string;

export const CURRENCY_CODE = /^[A-Z]{3}$/;

/** The currency of the ledger. */
export const LEDGER_CURRENCY: CurrencyCode = "USD";

/** What was published for a day: one unit of `base` is worth `rate` units of `currency`. */
export type DatedRate = {
  readonly base: "EUR" | "USD";
  readonly currency: CurrencyCode;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** An exact decimal, as it was published. */
  readonly rate: string;
  readonly source: string;
};

/** The rate that an amount was converted by. */
export type UsedRate = {
  readonly currency: CurrencyCode;
  /** Units of the currency for one US dollar, exactly. */
  readonly perUsd: Fraction;
  /** The day it was published for; on or before the day asked for. */
  readonly date: string;
  /** Days from `date` to the day asked for. */
  readonly ageDays: number;
  /** The published rates behind it: one, or two that share the euro. Empty for the dollar itself. */
  readonly quotes: readonly DatedRate[];
  /** It is of a closed month and as it was known when that was closed: what is imported later leaves it. */
  readonly isKept: boolean;
};

type Series = {
  readonly dates: readonly string[];
  readonly byDate: ReadonlyMap<string, DatedRate>;
};

/** Published rates, ready for looking up. */
export class ExchangeRates {
  readonly #series: ReadonlyMap<string, Series>;
  readonly #closed: ReadonlyMap<string, ExchangeRates>;
  readonly #found = new Map<string, UsedRate | null>();

  /**
   * @param rates In any order; at most one for a base, currency and day.
   * @param closed What was known of closed months (`2026-10`) when each was closed.
   */
  constructor(
    rates: Iterable<DatedRate>,
    closed: ReadonlyMap<string, Iterable<DatedRate>> = new Map(),
  ) {
    this.#closed = new Map([...closed].map(([month, known]) => [month, new ExchangeRates(known)]));
    const groups = Map.groupBy(rates, ({ base, currency }) => `${base} ${currency}`);
    this.#series = new Map(
      [...groups].map(([name, rows]) => {
        const byDate = new Map(rows.map((row) => [row.date, row]));
        return [name, { dates: [...byDate.keys()].sort(), byDate }];
      }),
    );
  }

  /**
   * The latest rate on or before a day; null when there is none. A rate quoted
   * against the dollar wins over one crossed through the euro on the same day. A
   * day of a closed month keeps the rate that was known at its closing, if any was.
   *
   * @param date YYYY-MM-DD.
   */
  on(currency: CurrencyCode, date: string): UsedRate | null {
    if (currency === LEDGER_CURRENCY) {
      return { currency, perUsd: ONE, date, ageDays: 0, quotes: [], isKept: false };
    }
    const key = `${currency} ${date}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const used = this.#kept(currency, date) ?? this.#believed(currency, date);
    this.#found.set(key, used);
    return used;
  }

  #kept(currency: CurrencyCode, date: string): UsedRate | null {
    const rate = this.#closed.get(date.slice(0, "2026-10".length))?.on(currency, date) ?? null;
    return rate && { ...rate, isKept: true };
  }

  #believed(currency: CurrencyCode, date: string): UsedRate | null {
    const found = later(this.#direct(currency, date), this.#crossed(currency, date));
    return found && { ...found, ageDays: daysBetween(found.date, date), isKept: false };
  }

  #direct(currency: CurrencyCode, date: string): Found | null {
    const quote = this.#latest(`USD ${currency}`, date, () => true);
    if (quote === null) return null;
    return { currency, perUsd: parseFraction(quote.rate), date: quote.date, quotes: [quote] };
  }

  /** Both sides must be of one day: rates of two days make a rate that never was. */
  #crossed(currency: CurrencyCode, date: string): Found | null {
    const dollars = this.#series.get("EUR USD")?.byDate;
    if (dollars === undefined) return null;
    const name = currency === "EUR" ? "EUR USD" : `EUR ${currency}`;
    const quote = this.#latest(name, date, (day) => dollars.has(day));
    const dollar = quote === null ? undefined : dollars.get(quote.date);
    if (quote === null || dollar === undefined) return null;
    const usd = parseFraction(dollar.rate);
    const one = currency === "EUR" ? ONE : parseFraction(quote.rate);
    const perUsd = { num: one.num * usd.den, den: one.den * usd.num };
    const quotes = currency === "EUR" ? [dollar] : [dollar, quote];
    return { currency, perUsd, date: quote.date, quotes };
  }

  #latest(name: string, date: string, isUsable: (day: string) => boolean): DatedRate | null {
    const series = this.#series.get(name);
    if (series === undefined) return null;
    for (let i = lastAtOrBefore(series.dates, date); i >= 0; i -= 1) {
      const day = series.dates[i];
      if (day !== undefined && isUsable(day)) return series.byDate.get(day) ?? null;
    }
    return null;
  }
}

type Found = Omit<UsedRate, "ageDays" | "isKept">;

function later(direct: Found | null, crossed: Found | null): Found | null {
  if (direct === null || crossed === null) return direct ?? crossed;
  return crossed.date > direct.date ? crossed : direct;
}

/** The index of the last date that is not after `date`; -1 when all are. */
function lastAtOrBefore(dates: readonly string[], date: string): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((dates[middle] ?? "") <= date) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const DAY_MS = 86_400_000;

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}
