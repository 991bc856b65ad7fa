import type { Fragment } from "postgres";
import type { SqlClient } from "#lib/db/client.ts";

let opened = 0;

/**
 * The rows of a query, so many at a time, each batch by a statement of its own:
 * the time that a slow reader takes between them is no statement's time, and
 * other questions may be asked meanwhile. The driver's own cursors are one
 * statement from the first row to the last, and hold up all others.
 *
 * @param tx A transaction, in which the cursor lives.
 */
export async function* inBatches<Row extends object>(
  tx: SqlClient,
  query: Fragment,
  rowsAtOnce: number,
): AsyncGenerator<readonly Row[]> {
  opened += 1;
  const cursor = `batches_${opened}`;
  // All rows will be read, so what is soonest with the first is no better plan.
  await tx`select set_config('cursor_tuple_fraction', '1', true)`;
  await tx`declare ${tx(cursor)} no scroll cursor for ${query}`;
  for (;;) {
    // Not prepared: cursors of one name have other columns in another transaction.
    const rows = await tx.unsafe<Row[]>(`fetch ${rowsAtOnce} from ${cursor}`, [], {
      prepare: false,
    });
    if (rows.length > 0) yield rows;
    if (rows.length < rowsAtOnce) break;
  }
  await tx`close ${tx(cursor)}`;
}
