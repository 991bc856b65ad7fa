import { addUsd, multiplyFraction, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { type CivilDay, monthOf } from "#lib/time/civil-day.ts";
import { UNALLOCATED } from "#lib/usage/unallocated.ts";
import { type ChargeLine, chargeLines } from "./charge-lines.ts";
import type { CostInputs } from "./cost-inputs.ts";
import { addCosts, type Costs, hasCosts, NO_COSTS, negateCosts } from "./costs.ts";
import { poolsOn, type SharedPool, shareOf } from "./shared-pool.ts";
import { modelInForce } from "./team-model.ts";

export const LINE_KINDS = [
  "usage",
  "covered",
  "charge",
  "idle",
  "overage",
  "share",
  "shared_out",
  "markup",
  "adjustment",
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** One amount in a team's cost of a day. */
export type TeamLine = {
  readonly day: CivilDay;
  readonly team: string;
  readonly costCenter: string | null;
  readonly kind: LineKind;
  /** The charge or pool that it is about. */
  readonly charge: string | null;
  readonly pool: string | null;
  readonly costs: Costs;
};

/** Spend of nobody: what no rule and no pool gives to a team. */
const NOBODY = UNALLOCATED;

/**
 * The cost of every team, line by line and day by day. In each of the four
 * costs the lines add up to the usage and the charges, whatever is shared; the
 * markup comes on top.
 */
export function teamLines(inputs: CostInputs): TeamLine[] {
  const own = [...usageLines(inputs), ...ownChargeLines(inputs)];
  const lines = [...own.filter(({ team }) => team !== POOLED), ...sharedLines(inputs, own)];
  return [...lines, ...markupLines(inputs, lines)];
}

/** The team of lines that are on their way into a pool. */
const POOLED = "";

function usageLines({ from, to, usage }: CostInputs): TeamLine[] {
  return usage
    .filter(({ day, costs }) => from <= day && day < to && hasCosts(costs))
    .map(({ day, team, costCenter, funding, costs }) => ({
      ...{ day, team, costCenter, costs, charge: null, pool: null },
      kind: funding === null ? ("usage" as const) : ("covered" as const),
    }));
}

function ownChargeLines(inputs: CostInputs): TeamLine[] {
  const line = ({ team, pool, ...rest }: ChargeLine): TeamLine => {
    const isPooled = team === null && pool !== null && isOpen(inputs, pool, rest.day);
    const owner = team ?? (isPooled ? POOLED : NOBODY);
    const costCenter = inputs.teams.get(owner) ?? null;
    return { ...rest, team: owner, pool: isPooled ? pool : null, costCenter };
  };
  return chargeLines(inputs).map(line);
}

function isOpen({ pools }: CostInputs, id: string, day: CivilDay): boolean {
  return poolsOn(pools, day).some((pool) => pool.id === id);
}

function sharedLines(inputs: CostInputs, own: readonly TeamLine[]): TeamLine[] {
  const { from, to, pools } = inputs;
  if (pools.length === 0) return [];
  const byDay = Map.groupBy(own, ({ day }) => day);
  const basis = basisOf(inputs);
  const lines: TeamLine[] = [];
  for (let day = from; day < to; day++) {
    const ofDay = byDay.get(day) ?? [];
    for (const pool of eachSourceOnce(poolsOn(pools, day)))
      lines.push(...poolLines(inputs, pool, day, ofDay, basis(day)));
  }
  return lines;
}

/** Two pools cannot both give a team's cost away: the one that was recorded first does. */
function eachSourceOnce(pools: readonly SharedPool[]): SharedPool[] {
  const given = new Set<string>();
  return pools.map((pool) => {
    const { sourceTeam } = pool;
    if (sourceTeam === null || !given.has(sourceTeam)) {
      if (sourceTeam !== null) given.add(sourceTeam);
      return pool;
    }
    return { ...pool, sourceTeam: null };
  });
}

function poolLines(
  { teams }: CostInputs,
  pool: SharedPool,
  day: CivilDay,
  ofDay: readonly TeamLine[],
  basis: Parameters<typeof shareOf>[1],
): TeamLine[] {
  const held = ofDay.filter((line) => line.team === POOLED && line.pool === pool.id);
  const source =
    pool.sourceTeam === null ? [] : ofDay.filter(({ team }) => team === pool.sourceTeam);
  const total = [...held, ...source].reduce((sum, { costs }) => addCosts(sum, costs), NO_COSTS);
  if (!hasCosts(total)) return [];
  const split = shareOf(pool, basis);
  // With nothing to split by, the source keeps its own, and what is nobody's stays nobody's.
  if (split === null) return held.map((line) => ({ ...line, team: NOBODY, costCenter: null }));
  const out = source.map((line) => ({
    ...line,
    ...{ kind: "shared_out" as const, charge: null, pool: pool.id, costs: negateCosts(line.costs) },
  }));
  return [...out, ...shares(split, total, { day, pool: pool.id, teams })];
}

function shares(
  split: NonNullable<ReturnType<typeof shareOf>>,
  total: Costs,
  { day, pool, teams }: { day: CivilDay; pool: string; teams: CostInputs["teams"] },
): TeamLine[] {
  const byTeam = new Map<string, Costs>();
  for (const name of ["list", "contracted", "effective", "billed"] as const) {
    for (const [team, amount] of split(total[name])) {
      byTeam.set(team, { ...(byTeam.get(team) ?? NO_COSTS), [name]: amount });
    }
  }
  return [...byTeam].map(([team, costs]) => ({
    ...{ day, team, pool, costs, charge: null, kind: "share" as const },
    costCenter: teams.get(team) ?? null,
  }));
}

/**
 * What the split of a day rests on. A team's usage counts by the calendar month,
 * so that a fee of a Sunday is split as that of a Monday.
 */
export function basisOf({ usage, models, teams }: CostInputs) {
  const worth = new Map<string, Usd>();
  for (const { day, team, costs } of usage) {
    const key = `${monthOf(day)} ${team}`;
    worth.set(key, addUsd(worth.get(key) ?? ZERO_USD, costs.list));
  }
  const names = [...teams.keys()].filter((team) => team !== NOBODY);
  return (day: CivilDay) => ({
    teams: names,
    usageOf: (team: string) => worth.get(`${monthOf(day)} ${team}`) ?? ZERO_USD,
    headcountOf: (team: string) => modelInForce(models, team, day)?.headcount ?? 0,
  });
}

/** What is recharged on top of a team's cost of a day; rounded half to even, once a day and cost center. */
function markupLines({ models }: CostInputs, lines: readonly TeamLine[]): TeamLine[] {
  if (models.every(({ markup }) => markup.num === 0n)) return [];
  const groups = Map.groupBy(lines, ({ day, team, costCenter }) =>
    JSON.stringify([day, team, costCenter]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { day, team, costCenter } = first;
    const markup = modelInForce(models, team, day)?.markup;
    if (markup === undefined || markup.num === 0n) return [];
    const cost = group.reduce((sum, { costs }) => addUsd(sum, costs.effective), ZERO_USD);
    const effective = multiplyFraction(cost, markup.num, markup.den);
    if (effective === 0n) return [];
    const costs = { ...NO_COSTS, effective };
    return [{ day, team, costCenter, kind: "markup" as const, charge: null, pool: null, costs }];
  });
}
