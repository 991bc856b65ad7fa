import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { Pricing } from "#lib/price-book/pricing.ts";
import type { RateSet } from "#lib/pricing/rate-set.ts";
import { contextTokens } from "#lib/usage/tokens.ts";
import { aliasTest, groupKey, reportedNames } from "./aliased-names.ts";
import { type Move, Repricer, type Stretch } from "./moves.ts";
import type { RollupGroup } from "./priced-groups.ts";
import { type RollupPrice, rollupPrice } from "./rollup-price.ts";

/** A rollup row that has another price now, which its sums tell to the last digit. */
export type PricedBySums = {
  readonly group: RollupGroup;
  readonly rateSet: RateSet;
  readonly now: RollupPrice;
};

export type RepricingPlan = {
  readonly bySums: readonly PricedBySums[];
  /** Rows of the ledger to look at: time, prompt size, fees or reported names decide. */
  readonly byRows: readonly Move[];
};

/** A rollup row with calls that have, or may have, another price now. */
export type MovedGroup = {
  readonly group: RollupGroup;
  /** The one price of all its calls now; null where time, prompt size or reported names decide. */
  readonly now: RateSet | null;
  readonly moves: readonly Move[];
};

/** What of some rollup rows would be priced otherwise now, from their sums as far as these tell. */
export async function planMoves(
  sql: SqlClient | Tx,
  pricing: Pricing,
  groups: readonly RollupGroup[],
  within: Stretch,
  unitEnd: (startMs: number) => number,
): Promise<RepricingPlan> {
  const bySums: PricedBySums[] = [];
  const byRows: Move[] = [];
  for (const moved of await movedGroups(sql, pricing, groups, within, unitEnd)) {
    const priced = pricedBySums(moved);
    if (priced === null) byRows.push(...moved.moves);
    else bySums.push(priced);
  }
  return { bySums, byRows: joinedInTime(byRows) };
}

/** Null where the sums do not tell what each call costs now. */
export function pricedBySums({ group, now: rateSet }: MovedGroup): PricedBySums | null {
  const now = rateSet === null ? null : rollupPrice(group, rateSet);
  return rateSet === null || now === null ? null : { group, rateSet, now };
}

/**
 * The rollup rows with calls that may have another price now.
 *
 * @param unitEnd The end of the hour or day that a rollup row stands for.
 * @param within What is asked about; of the first and last hour it may be a part.
 */
export async function movedGroups(
  sql: SqlClient | Tx,
  pricing: Pricing,
  groups: readonly RollupGroup[],
  within: Stretch,
  unitEnd: (startMs: number) => number,
): Promise<MovedGroup[]> {
  const isAliased = await aliasTest(sql, pricing);
  const names = await reportedNames(sql, groups.filter(isAliased), within);
  const repricer = new Repricer(pricing, {
    stretch: within,
    hasPlanModels: await hasPlanModels(sql),
  });
  return groups.flatMap((group): MovedGroup[] => {
    const startMs = group.at.getTime();
    const unit = {
      fromMs: Math.max(startMs, within.fromMs),
      toMs: Math.min(unitEnd(startMs), within.toMs),
    };
    if (isAliased(group)) {
      const reported = names.get(groupKey(group.dimensionSetId, group.rateSet.id)) ?? [];
      const moves = reported.flatMap((name) => repricer.movesOf(group, name, unit));
      return moves.length === 0 ? [] : [{ group, now: null, moves }];
    }
    const moves = repricer.movesOf(group, null, unit).filter(isWithinReachOf(group));
    if (moves.length === 0) return [];
    return [{ group, now: repricer.onePriceOf(group, unit), moves }];
  });
}

async function hasPlanModels(sql: SqlClient | Tx): Promise<boolean> {
  const [row] = await sql<{ found: boolean }[]>`
    select exists (select from cost_model where funding @> '[{"source": "plan"}]') as found`;
  return row?.found ?? false;
}

/** No prompt is larger than all of them together. */
function isWithinReachOf({ tokens }: RollupGroup): (move: Move) => boolean {
  const most = contextTokens(tokens);
  return ({ span }) => span.fromTokens <= most;
}

/** Moves that differ in time only and follow on each other, as one. */
export function joinedInTime(moves: readonly Move[]): Move[] {
  const joined = new Map<string, Move[]>();
  for (const move of moves) {
    const { group, said, span } = move;
    const key = JSON.stringify([
      groupKey(group.dimensionSetId, group.rateSet.id),
      ...[said, span.rateSet.id, span.fromTokens, span.toTokens],
    ]);
    const same = joined.get(key) ?? [];
    const last = same.at(-1);
    if (last?.span.toMs === span.fromMs) {
      same[same.length - 1] = { ...last, span: { ...last.span, toMs: span.toMs } };
    } else {
      same.push(move);
    }
    joined.set(key, same);
  }
  return [...joined.values()].flat();
}
