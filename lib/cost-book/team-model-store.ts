import type { FundingRule } from "#lib/cost-model/funding.ts";
import type { TeamModel } from "#lib/cost-model/team-model.ts";
import type { SqlClient, Tx } from "#lib/db/client.ts";
import type { Believed } from "#lib/price-book/own-rate.ts";
import { dayText, parseDay } from "#lib/time/civil-day.ts";

/** A recorded cost model. Nothing of it ever changes but the two `superseded` fields. */
export type RecordedModel = TeamModel & Believed & { readonly id: string; readonly note: string };
export type NewModel = TeamModel & { readonly note: string };

/** The cost models believed now, or all that ever were; the earliest first. */
export async function readTeamModels(
  sql: SqlClient,
  which: "believed" | "all" = "believed",
): Promise<RecordedModel[]> {
  const rows = await sql<ModelRow[]>`
    select id, team_slug, effective_from::text as effective_from, markup_num, markup_den, funding,
           headcount, note, recorded_at, recorded_by, superseded_at, superseded_by
      from cost_model
     ${which === "believed" ? sql`where superseded_at is null` : sql``}
     order by team_slug nulls first, effective_from nulls first, recorded_at, id`;
  return rows.map(modelFrom);
}

/**
 * Records a team's model. One of the same team and first day is no longer
 * believed from now on; nothing else is touched.
 */
export async function insertTeamModel(tx: Tx, model: NewModel, by: string): Promise<string> {
  const from = model.effectiveFrom === null ? null : dayText(model.effectiveFrom);
  await tx`lock table cost_model in share row exclusive mode`;
  await tx`
    update cost_model set superseded_at = now(), superseded_by = ${by}
     where team_slug is not distinct from ${model.team} and superseded_at is null
       and effective_from is not distinct from ${from}::date`;
  const [row] = await tx<{ id: string }[]>`
    insert into cost_model (team_slug, effective_from, markup_num, markup_den, funding, headcount,
                            note, recorded_by)
    values (${model.team}, ${from}::date, ${Number(model.markup.num)}, ${Number(model.markup.den)},
            ${JSON.stringify(model.funding)}::text::jsonb, ${model.headcount}, ${model.note}, ${by})
    returning id`;
  return row?.id ?? "";
}

/** Stops believing a model; the one before it holds again. False when it is not believed. */
export async function withdrawTeamModel(tx: Tx, id: string, by: string): Promise<boolean> {
  const rows = await tx`
    update cost_model set superseded_at = now(), superseded_by = ${by}
     where id = ${id}::uuid and superseded_at is null returning id`;
  return rows.length === 1;
}

type ModelRow = {
  readonly id: string;
  readonly team_slug: string | null;
  readonly effective_from: string | null;
  readonly markup_num: number;
  readonly markup_den: number;
  readonly funding: readonly FundingRule[];
  readonly headcount: number | null;
  readonly note: string;
  readonly recorded_at: Date;
  readonly recorded_by: string;
  readonly superseded_at: Date | null;
  readonly superseded_by: string | null;
};

function modelFrom(row: ModelRow): RecordedModel {
  return {
    id: row.id,
    team: row.team_slug,
    effectiveFrom: row.effective_from === null ? null : parseDay(row.effective_from),
    markup: { num: BigInt(row.markup_num), den: BigInt(row.markup_den) },
    funding: row.funding,
    headcount: row.headcount,
    note: row.note,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
    supersededAt: row.superseded_at,
    supersededBy: row.superseded_by,
  };
}
