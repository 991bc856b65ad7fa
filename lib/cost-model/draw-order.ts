import type { CivilDay } from "#lib/time/civil-day.ts";
import { periodOf } from "./amortise.ts";
import { byPrecedence, bySaid, type Charge } from "./charge.ts";

/**
 * The charges in the order in which usage of a day draws on them: the one that
 * says most first, then of credits those that lapse first, so that none lapse
 * while others are drawn. What is left of recurring credits lapses with each of
 * their periods, whenever they themselves end.
 */
export function inDrawOrder<C extends Charge>(charges: readonly C[], day: CivilDay): C[] {
  const lapses = new Map(charges.map((charge) => [charge, lapseOf(charge, day)]));
  const lapse = (charge: C) => lapses.get(charge) ?? NEVER;
  return charges.toSorted((a, b) => bySaid(a, b) || lapse(a) - lapse(b) || byPrecedence(a, b));
}

const NEVER = Number.MAX_SAFE_INTEGER;

function lapseOf(charge: Charge, day: CivilDay): CivilDay {
  return (charge.kind === "credits" ? periodOf(charge, day)?.to : undefined) ?? NEVER;
}
