import type { SqlClient, Tx } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { lockLedger } from "#lib/ingest/writer-lock.ts";
import { notifyPlan } from "#lib/organization/notify-plan.ts";
import { rebuildRollups } from "#lib/rollups/rebuild.ts";
import { SAMPLE_ACTOR, SAMPLE_KEY, SAMPLE_SESSION, SAMPLE_TEAMS } from "./sample-organization.ts";

/**
 * Takes the sample organisation away in one transaction, with everything that
 * was set up with it, and leaves what came from elsewhere since. A sample team
 * that somebody has taken into use stays.
 *
 * Months that were closed meanwhile go with it as long as there is nothing but
 * the sample: they say nothing of anything real.
 *
 * @returns How many events of the ledger went.
 * @throws {AppError} "not_found" when none is loaded, "conflict" when real usage
 *   came beside it and a month was closed or the journal written: such figures stay.
 */
export async function removeSample(sql: SqlClient): Promise<number> {
  const removed = await sql.begin(async (tx) => {
    await lockLedger(tx);
    const [organization] = await tx<{ time_zone: string }[]>`
      update organization set has_sample_data = false where has_sample_data returning time_zone`;
    if (organization === undefined) {
      throw new AppError("No sample organisation is loaded", { code: "not_found" });
    }
    await removeClosings(tx);
    await tx`select set_config('enable_seqscan', 'on', true)`;
    const gone = await tx`delete from usage_event where key_id = ${SAMPLE_KEY}`;
    await tx`delete from session where starts_with(session_id, ${SAMPLE_SESSION})`;
    await rebuildRollups(tx, organization.time_zone, async () => {});
    await removeBudgets(tx);
    await removeOutlook(tx);
    await tx`delete from charge where recorded_by = ${SAMPLE_ACTOR}`;
    await tx`delete from cost_model where recorded_by = ${SAMPLE_ACTOR}`;
    await removeTeams(tx);
    await notifyPlan(tx);
    return gone.count;
  });
  return Number(removed);
}

/** What finance made of the sample; the tables refuse it to everyone else. */
async function removeClosings(tx: Tx): Promise<void> {
  const [found] = await tx<{ isClosed: boolean; isReal: boolean }[]>`
    select exists (select 1 from closed_month) or exists (select 1 from adjustment)
             as "isClosed",
           exists (select 1 from usage_event where key_id is distinct from ${SAMPLE_KEY})
             as "isReal"`;
  if (found?.isClosed && found.isReal) {
    throw new AppError(
      "Months were closed or adjusted with real usage beside the sample, and closed figures are kept; use another data directory",
      { code: "conflict" },
    );
  }
  await tx`delete from reconciliation`;
  await tx`delete from late_mark`;
  await tx`delete from closed_month`;
  for (const table of ["closed_line", "closed_usage", "closed_focus", "adjustment"]) {
    await tx.unsafe(`alter table ${table} disable trigger ${table}_append_only`);
    await tx.unsafe(`delete from ${table}`);
    await tx.unsafe(`alter table ${table} enable trigger ${table}_append_only`);
  }
}

/** What was found in it and foretold from it; what is real is found and foretold again. */
async function removeOutlook(tx: Tx): Promise<void> {
  for (const table of ["anomaly", "forecast", "forecast_accuracy", "forecast_fit"]) {
    await tx`delete from ${tx(table)}`;
  }
}

/** With all that hangs on them; none of it tells of anything real. */
async function removeBudgets(tx: Tx): Promise<void> {
  const rows = await tx<{ table: string }[]>`
    select distinct c.conrelid::regclass::text as table
      from pg_constraint c where c.contype = 'f' and c.confrelid = 'budget'::regclass`;
  for (const { table } of rows) {
    await tx.unsafe(
      `delete from ${table} where budget_id in (select id from budget where created_by = $1)`,
      [SAMPLE_ACTOR],
    );
  }
  await tx`delete from budget where created_by = ${SAMPLE_ACTOR}`;
}

/** Children first. A team that the ledger, a key or anything else names by now is somebody's. */
async function removeTeams(tx: Tx): Promise<void> {
  for (const { slug } of SAMPLE_TEAMS.toReversed()) {
    const [used] = await tx`
      select 1 where exists (select 1 from team where parent_slug = ${slug})
          or exists (select 1 from usage_day u join dimension_set d on d.id = u.dimension_set_id
                      where d.team = ${slug})
          or exists (select 1 from access_key where team_slug = ${slug})
          or exists (select 1 from membership where team_slug = ${slug})
          or exists (select 1 from project where team_slug = ${slug})
          or exists (select 1 from price_rate where team_slug = ${slug})
          or exists (select 1 from charge where team_slug = ${slug})
          or exists (select 1 from cost_model where team_slug = ${slug})`;
    if (used === undefined) await tx`delete from team where slug = ${slug}`;
  }
}
