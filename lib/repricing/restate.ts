import type { Tx } from "#lib/db/client.ts";
import { mergeChanges } from "#lib/history-runs/change.ts";
import { References } from "#lib/ingest/references.ts";
import { changeBySums } from "./change-of.ts";
import type { Stretch } from "./moves.ts";
import { movedIn, type RepricingSource } from "./next-stretch.ts";
import { noteChangesBySums, noteRestatedPrices } from "./note-restated.ts";
import { type MovedGroup, type PricedBySums, pricedBySums } from "./plan-moves.ts";
import { restateRollups } from "./restate-rollups.ts";

/**
 * Gives the calls of whole days their new prices by arithmetic over rollups,
 * where the sums of these tell what each call costs: the rollups move, and what
 * the ledger's rows cost now is noted for `priced_event` until they are written
 * anew. The ledger must be locked.
 *
 * @returns About how many rows of the ledger have another price: as many as calls.
 */
export async function restate(
  tx: Tx,
  source: RepricingSource,
  runId: bigint,
  within: Stretch,
): Promise<number> {
  // Of whole days: single rows are looked up only when they are written.
  await tx`select set_config('enable_seqscan', 'on', true)`;
  const priced = (await movedIn(tx, source, within)).flatMap(restatedGroup);
  if (priced.length === 0) return 0;
  await new References().inTransaction().store(tx, priced.map(referredOf));
  const step = { ...within, step: await nextStep(tx) };
  await noteRestatedPrices(tx, runId, step, priced, source.timeZone);
  const changes = mergeChanges(priced.map(changeBySums));
  await restateRollups(tx, step, changes);
  await noteChangesBySums(tx, runId, changes);
  return Math.max(
    priced.length,
    priced.reduce((sum, { group }) => sum + group.calls, 0),
  );
}

/** Calls that are filed under another name now are priced row by row. */
function restatedGroup(moved: MovedGroup): PricedBySums[] {
  const { dimensionSetId } = moved.group;
  const isFiledAlike = moved.moves.every((move) => move.dimensionSetId === dimensionSetId);
  const priced = isFiledAlike ? pricedBySums(moved) : null;
  return priced === null ? [] : [priced];
}

function referredOf({ group, rateSet }: PricedBySums) {
  const { dimensions, dimensionSetId } = group;
  return { dimensions, rateSet, newTeam: null, filing: { dimensionSetId } };
}

async function nextStep(tx: Tx): Promise<bigint> {
  const [row] = await tx<{ step: bigint }[]>`select nextval('restating_step') as step`;
  if (row === undefined) throw new Error("a sequence without a value");
  return row.step;
}
