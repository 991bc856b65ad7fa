import type { Change } from "#lib/history-runs/change.ts";
import type { Move } from "./moves.ts";
import type { PricedBySums } from "./plan-moves.ts";

export function changeBySums({ group, now }: PricedBySums): Change {
  return {
    ...keyOf(group.at, group.dimensions),
    calls: group.calls,
    oldCost: group.cost,
    newCost: now.cost,
    oldListCost: group.listCost,
    newListCost: now.listCost,
  };
}

/** What changes are told by, besides the day: as the calls are filed now. */
export function keyOf(day: Date, { team, provider, model }: Move["dimensions"]) {
  return { day, team, newTeam: team, provider, model };
}
