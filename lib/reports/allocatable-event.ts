import type { SqlClient } from "#lib/db/client.ts";
import { type EventRow, eventColumns, toLedgerEvent } from "./ledger-event.ts";
import { readOnly } from "./read-only.ts";

/** What allocation rules see of a stored event. */
export type AllocatableEvent = {
  readonly attributes: Readonly<Record<string, string>>;
  readonly startedAtMs: number;
  /** The team of the key that it came with. */
  readonly keyTeam: string | null;
};

/** An event as rules would see it today: its attributes and the ledger's own names. For those who see all teams. */
export async function allocatableEvent(
  sql: SqlClient,
  id: string,
): Promise<AllocatableEvent | undefined> {
  const [row] = await readOnly(
    sql,
    (tx) => tx<(EventRow & { key_id: string | null; key_team: string | null })[]>`
      select ${eventColumns(tx, "all")}, u.key_id, k.team_slug as key_team
      from priced_event u join dimension_set d on d.id = u.dimension_set_id
      left join access_key k on k.id = u.key_id and k.kind = 'ingest'
      where u.id = ${id}::uuid`,
  );
  if (row === undefined) return undefined;
  const event = toLedgerEvent(row);
  const own = {
    key: row.key_id,
    service: event.service,
    dialect: event.dialect,
    provider: event.provider,
    model: event.model,
    user: event.user,
    session: event.session,
    agent: event.agent,
    workflow: event.workflow,
    project: event.project,
    environment: event.environment,
  };
  const said = Object.entries({ ...own, ...event.attributes }).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, String(value)] as const],
  );
  return {
    attributes: Object.fromEntries(said),
    startedAtMs: event.startedAt.getTime(),
    keyTeam: row.key_team,
  };
}
