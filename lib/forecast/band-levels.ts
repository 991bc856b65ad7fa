/** The shares of future days, in percent, that a band is meant to hold. */
export const BAND_LEVELS = [50, 80, 95] as const;

export type BandLevel = (typeof BAND_LEVELS)[number];

/** One figure for each band: half-widths in units of the error scale, for example. */
export type PerBand = { readonly [Level in BandLevel]: number };

export function perBand(figure: (level: BandLevel) => number): PerBand {
  return { 50: figure(50), 80: figure(80), 95: figure(95) };
}
