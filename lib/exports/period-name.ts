import { dateIn } from "#lib/parameters/period.ts";

type Period = { readonly from: Date; readonly to: Date };

/** `2026-11-01_2026-11-30`: the days that a file covers, the last one included. */
export function periodName({ from, to }: Period, timeZone: string): string {
  return `${dateIn(from, timeZone)}_${dateIn(new Date(to.getTime() - 1), timeZone)}`;
}

/** The period as it has to be asked for to get the same again. */
export function askedPeriod({ from, to }: Period): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() };
}
