import type { AuditActor } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import type { SqlClient } from "#lib/db/client.ts";

export type RunFile = {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: bigint;
  readonly pieces: () => AsyncIterable<Uint8Array>;
};

/** The file that waits for whoever has its link; null when it is gone. Each look is put on record. */
export async function openRunFile(
  sql: SqlClient,
  runId: string,
  actor: AuditActor,
): Promise<RunFile | null> {
  const row = await sql.begin(async (tx) => {
    const [found] = await tx<
      { name: string; mediaType: string; bytes: bigint; scheduleId: string }[]
    >`
      select file_name as name, media_type as "mediaType", bytes, schedule_id as "scheduleId"
        from export_run as run
       where id = ${runId} and status = 'delivered'
         and exists (select from export_run_piece where run_id = run.id)`;
    if (found === undefined) return null;
    await recordAudit(tx, {
      actor,
      action: "export.fetched",
      target: { kind: "export_schedule", id: found.scheduleId },
      after: { run: runId, file: found.name },
    });
    return found;
  });
  if (row === null) return null;
  const { name, mediaType, bytes } = row;
  return { name, mediaType, bytes, pieces: () => readPieces(sql, runId) };
}

/** Gone with their links. @returns how many files. */
export async function deleteOldFiles(sql: SqlClient, before: Date): Promise<number> {
  const deleted = await sql`
    delete from export_run_piece
     where run_id in (select id from export_run where finished_at < ${before})
    returning number`;
  return deleted.filter(({ number }) => number === 1).length;
}

async function* readPieces(sql: SqlClient, runId: string): AsyncGenerator<Uint8Array> {
  for (let number = 1; ; number += 1) {
    const [row] = await sql<{ piece: Buffer }[]>`
      select piece from export_run_piece where run_id = ${runId} and number = ${number}`;
    if (row === undefined) return;
    yield row.piece;
  }
}
