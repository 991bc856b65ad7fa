import type { Tx } from "#lib/db/client.ts";
import { copyIn } from "#lib/db/copy-in.ts";
import { COPY_COLUMNS } from "#lib/ledger/copy-row.ts";
import { placeOf } from "#lib/ledger/known-items.ts";

/** Rows of the ledger in COPY's text format, by id. */
export type Rows = ReadonlyMap<string, string>;

/**
 * Copies rows into the ledger, which need not be locked: nobody sees them
 * before the transaction commits. They go in order of their ids, which is that
 * of the key, so that two writers of the same rows cannot wait for each other.
 *
 * @param next See `copyIn`.
 */
export async function copyRows<T>(tx: Tx, rows: Rows, next: () => Promise<T>): Promise<T> {
  if (rows.size === 0) return next();
  const inOrder = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = inOrder.map(([, line]) => line).join("");
  return copyIn(tx, `copy usage_event (${COPY_COLUMNS.join(", ")}) from stdin`, text, next);
}

/**
 * Makes the rows that were copied ahead those that are to be: what differs is
 * taken out and copied again.
 *
 * @param next See `copyIn`.
 */
export async function amendRows<T>(
  tx: Tx,
  ahead: Rows,
  rows: Rows,
  next: () => Promise<T>,
): Promise<T> {
  if (ahead === rows) return next();
  const stale = [...ahead].filter(([id, line]) => rows.get(id) !== line).map(([id]) => id);
  const fresh = [...rows].filter(([id, line]) => ahead.get(id) !== line);
  await removeRows(tx, stale);
  return copyRows(tx, new Map(fresh), next);
}

async function removeRows(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const starts = ids.map((id) => placeOf(id).started_at.toISOString());
  await tx`
    delete from usage_event u
     using unnest(${ids}::text[]::uuid[], ${starts}::text[]::timestamptz[]) as n (id, started_at)
     where u.started_at = n.started_at and u.id = n.id`;
}
