/** How the secret of a key begins. */
export const KEY_PREFIX = { ingest: "outlay_ik_", api: "outlay_ak_" } as const;

/** An ingest key as people know it: what they called it, and how its secret begins. */
export function keyName(id: string, label: string): string {
  const start = `${KEY_PREFIX.ingest}${id}`;
  return label === "" ? start : `${label} · ${start}`;
}
