/** The shares of future days, in percent, that a band is meant to hold. */
export type BandLevel = 50 | 80 | 95;

/** One thing for each band: a half-width in units of the error scale, for example. */
export type PerBand<T = number> = { readonly [Level in BandLevel]: T };

/** The edges of one band, one of each for each day ahead. */
export type Bounds = { readonly low: readonly number[]; readonly high: readonly number[] };

export function perBand<T>(make: (level: BandLevel) => T): PerBand<T> {
  return { 50: make(50), 80: make(80), 95: make(95) };
}
