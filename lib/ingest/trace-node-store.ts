import type { Tx } from "#lib/db/client.ts";
import { hash64 } from "#lib/ledger/hash.ts";
import { byteaText } from "#lib/ledger/known-items.ts";
import { storableJson } from "#lib/ledger/storable-json.ts";
import type { TraceNode } from "#lib/usage/usage-event.ts";

type Packed = Omit<TraceNode, "traceId">;

/** Keeps the places of spans that are no usage, one row per trace and batch. A re-delivery adds nothing. */
export async function storeNodes(
  tx: Tx,
  nodes: readonly TraceNode[],
  receivedAtMs: number,
): Promise<void> {
  if (nodes.length === 0) return;
  const rows = [...Map.groupBy(nodes, ({ traceId }) => traceId)].map(([traceId, ofTrace]) => {
    const json = storableJson(ofTrace.map(({ traceId: _, ...packed }): Packed => packed));
    return { traceId, json, hash: hash64(json) };
  });
  await tx`
    insert into trace_node (trace_id, hash, received_at, nodes)
    select trace_id, hash, ${new Date(receivedAtMs)}, nodes::jsonb
      from unnest(${rows.map(({ traceId }) => byteaText(traceId))}::text[]::bytea[],
                  ${rows.map(({ hash }) => `${hash}`)}::int8[],
                  ${rows.map(({ json }) => json)}::text[]) as n (trace_id, hash, nodes)
     order by trace_id, hash
        on conflict do nothing`;
}

export async function findNodes(tx: Tx, traceIds: readonly string[]): Promise<TraceNode[]> {
  if (traceIds.length === 0) return [];
  const rows = await tx<{ trace_id: Buffer; nodes: Packed[] }[]>`
    select trace_id, nodes from trace_node
     where trace_id = any(${traceIds.map(byteaText)}::text[]::bytea[])`;
  return rows.flatMap(({ trace_id, nodes }) => {
    const traceId = trace_id.toString("hex");
    return nodes.map((node) => ({ ...node, traceId }));
  });
}
