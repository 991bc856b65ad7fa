import type { SqlClient } from "#lib/db/client.ts";

export type AnomalyNote = {
  readonly at: Date;
  readonly by: string;
  readonly what: string;
  readonly text: string | null;
};

/** What happened to an anomaly, oldest first; for those who have been shown that they may see all of it. */
export async function listNotes(sql: SqlClient, id: string): Promise<AnomalyNote[]> {
  return sql<AnomalyNote[]>`
    select at, by, what, text from anomaly_note where anomaly_id = ${id} order by id limit 500`;
}
