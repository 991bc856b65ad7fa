/**
 * Where a streamed report goes: it takes what is known before the first row and
 * gives what takes the rows. Both are awaited, so a slow reader holds the
 * report back.
 */
export type RowSink<Head, Row> = (head: Head) => Promise<(rows: readonly Row[]) => Promise<void>>;
