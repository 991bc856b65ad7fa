import { addUsd, type Usd } from "#lib/money/money.ts";
import type { Charge } from "./charge.ts";
import type { SeatUse } from "./seat-use.ts";

/** A seat's charge, who uses it, and what one of its seats costs. */
export type PricedSeats = {
  readonly charge: Charge;
  readonly use: SeatUse | undefined;
  readonly each: Usd;
};

/**
 * What a person's seats cost in a team: those that they use, and those that are
 * theirs by name though nobody uses them. Null where they have none. A seat that
 * is told for one team is not told for another.
 */
export function personSeats(
  seats: readonly PricedSeats[],
): (team: string, user: string) => Usd | null {
  const prices = new Map<string, Usd>();
  const add = (place: string, each: Usd) => {
    const known = prices.get(place);
    prices.set(place, known === undefined ? each : addUsd(known, each));
  };
  for (const { charge, use, each } of seats) {
    if (charge.kind !== "seat") continue;
    for (const [person, team] of use?.sitting ?? []) add(placeOf(team, person), each);
    const { person, team } = charge;
    const isUnused = (use?.sitting.size ?? 0) === 0;
    if (person !== null && team !== null && isUnused) add(placeOf(team, person), each);
  }
  return (team, user) => prices.get(placeOf(team, user)) ?? null;
}

function placeOf(team: string, person: string): string {
  return JSON.stringify([team, person.toLowerCase()]);
}
