import type { Tx } from "#lib/db/client.ts";
import { storable } from "#lib/ledger/storable-json.ts";
import type { Refusal } from "./batch.ts";

const HOUR_MS = 3_600_000;
/** Reasons and examples come from outside. */
const LONGEST = 200;

/** Counts what was refused, by hour, key, signal and reason, with one example. */
export async function storeRefusals(
  tx: Tx,
  refusals: readonly Refusal[],
  receivedAtMs: number,
): Promise<void> {
  if (refusals.length === 0) return;
  const groups = [
    ...Map.groupBy(refusals, ({ keyId, signal, reason }) =>
      JSON.stringify([keyId, signal, clip(reason)]),
    ),
  ]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, group]) => {
      const [first] = group;
      const count = group.reduce((sum, refusal) => sum + (refusal.count ?? 1), 0);
      return first === undefined ? [] : [{ ...first, count }];
    });
  await tx`
    insert into rejection as r (hour, key_id, signal, reason, example, count, last_at)
    select ${new Date(Math.floor(receivedAtMs / HOUR_MS) * HOUR_MS)}, n.*, ${new Date(receivedAtMs)}
      from unnest(${groups.map(({ keyId }) => keyId)}::text[],
                  ${groups.map(({ signal }) => signal)}::text[],
                  ${groups.map(({ reason }) => clip(reason))}::text[],
                  ${groups.map(({ example }) => clip(example))}::text[],
                  ${groups.map(({ count }) => count)}::int8[]) as n
        on conflict (hour, key_id, signal, reason) do update
       set count = r.count + excluded.count, example = excluded.example, last_at = excluded.last_at`;
}

function clip(text: string): string {
  return storable(text).slice(0, LONGEST).toWellFormed();
}
