import type { CivilDay } from "#lib/time/civil-day.ts";
import { byPrecedence, type Charge } from "./charge.ts";
import { fits } from "./funding.ts";

/** A person who used a plan in a calendar month, in a team. '' where telemetry names nobody. */
export type PlanUser = {
  readonly month: CivilDay;
  readonly team: string;
  readonly user: string;
  readonly provider: string | null;
  readonly model: string | null;
};

/** How many of a charge's seats were used in a month, and by people of which teams. */
export type SeatUse = {
  readonly seats: number;
  readonly byTeam: ReadonlyMap<string, number>;
};

/**
 * Gives the people of one month to the seats that they may have used: their own
 * first, then those that fit best. A person takes one seat. A subscription
 * is used whole by anybody; people whom telemetry does not name count as one in each team.
 */
export function seatUse(
  charges: readonly Charge[],
  users: readonly PlanUser[],
): ReadonlyMap<Charge, SeatUse> {
  const seated = new Set<string>();
  const found = new Map<Charge, SeatUse>();
  for (const charge of charges.toSorted(byPrecedence)) {
    const sitting = sittersOf(charge, users, seated);
    // A flat subscription leaves its people free to have a seat as well.
    if (charge.kind !== "subscription") for (const person of sitting.keys()) seated.add(person);
    const byTeam = new Map<string, number>();
    for (const team of sitting.values()) byTeam.set(team, (byTeam.get(team) ?? 0) + 1);
    found.set(charge, { seats: seatsTaken(charge, sitting.size), byTeam });
  }
  return found;
}

/** The people who may have used a charge, as many as it has room for, each with a team. */
function sittersOf(
  charge: Charge,
  users: readonly PlanUser[],
  seated: ReadonlySet<string>,
): Map<string, string> {
  const isFlat = charge.kind === "subscription";
  const room = isFlat ? Infinity : charge.person === null ? charge.quantity : 1;
  const sitting = new Map<string, string>();
  for (const row of users) {
    const person = row.user === "" ? `\u0000${row.team}` : row.user.toLowerCase();
    const isFree = !sitting.has(person) && (isFlat || !seated.has(person));
    if (isFree && sitting.size < room && mayUse(charge, row)) sitting.set(person, row.team);
  }
  return sitting;
}

function seatsTaken({ kind, person, quantity }: Charge, people: number): number {
  if (people === 0) return 0;
  return kind === "subscription" || person !== null ? quantity : people;
}

function mayUse(charge: Charge, row: PlanUser): boolean {
  return (
    fits(charge, row) &&
    (charge.team === null || charge.team === row.team) &&
    (charge.person === null || charge.person.toLowerCase() === row.user.toLowerCase())
  );
}
