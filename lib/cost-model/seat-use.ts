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

/** How many of a charge's seats were used, by people of which teams, and the usage that it covers. */
export type SeatUse<User extends PlanUser = PlanUser> = {
  readonly seats: number;
  readonly byTeam: ReadonlyMap<string, number>;
  /** By person, in lower case, the team that they sit in. */
  readonly sitting: ReadonlyMap<string, string>;
  readonly covered: readonly User[];
};

/**
 * Gives the plan usage of people to the seats and subscriptions that may cover
 * it, those that say most first. A person takes one seat of a charge with all of
 * their usage that fits it; usage is covered once. A subscription is used whole by
 * anybody; people whom telemetry does not name count as one in each team. Where
 * seats are too few, they go by the names of teams and people.
 */
export function seatUse<User extends PlanUser>(
  charges: readonly Charge[],
  users: readonly User[],
): ReadonlyMap<Charge, SeatUse<User>> {
  let rest: readonly User[] = users.toSorted(byName);
  const found = new Map<Charge, SeatUse<User>>();
  for (const charge of charges.toSorted(byPrecedence)) {
    const covered = coveredBy(charge, rest);
    rest = rest.filter((row) => !covered.includes(row));
    const sitting = new Map(covered.map((row) => [personOf(row), row.team]));
    const byTeam = new Map<string, number>();
    for (const team of sitting.values()) byTeam.set(team, (byTeam.get(team) ?? 0) + 1);
    found.set(charge, { seats: seatsTaken(charge, sitting.size), byTeam, sitting, covered });
  }
  return found;
}

/** The usage of as many people as the charge has room for. */
function coveredBy<User extends PlanUser>(charge: Charge, users: readonly User[]): User[] {
  const fitting = users.filter((row) => mayUse(charge, row));
  const people = [...new Set(fitting.map(personOf))];
  const room = charge.kind === "subscription" ? people.length : charge.quantity;
  const sitting = new Set(people.slice(0, room));
  return fitting.filter((row) => sitting.has(personOf(row)));
}

function byName(a: PlanUser, b: PlanUser): number {
  if (a.team !== b.team) return a.team < b.team ? -1 : 1;
  return Number(a.user > b.user) - Number(a.user < b.user);
}

function personOf({ user, team }: PlanUser): string {
  return user === "" ? `\u0000${team}` : user.toLowerCase();
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
