import { readTeamModels } from "#lib/cost-book/team-model-store.ts";
import { prepaidBy } from "#lib/cost-model/funding.ts";
import { modelInForce, type TeamModel } from "#lib/cost-model/team-model.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { civilDayAt, startOfDay } from "#lib/time/civil-day.ts";
import { readAliases } from "./model-alias.ts";
import type { NewRate } from "./own-rate.ts";
import { createPricing, type FundingOf, type Pricing, type TeamParents } from "./pricing.ts";
import { placeOf, readRates } from "./rate-store.ts";

type Loaded = { readonly version: string; readonly pricing: Pricing };
const LOADED = new WeakMap<SqlClient, Loaded>();

/**
 * All prices as they are believed now. Cheap to call again: while nothing was
 * recorded, the answer is the same object with all that it remembers.
 */
export async function loadPricing(sql: SqlClient): Promise<Pricing> {
  const { version, timeZone } = await versionOf(sql);
  const known = LOADED.get(sql);
  if (known?.version === version) return known.pricing;
  const pricing = await readPricing(sql, timeZone, []);
  LOADED.set(sql, { version, pricing });
  return pricing;
}

/** All prices as they would be with these recorded; a price of the same key and first moment gives way. */
export async function draftPricing(sql: SqlClient, draft: readonly NewRate[]): Promise<Pricing> {
  const { timeZone } = await versionOf(sql);
  return readPricing(sql, timeZone, draft);
}

async function readPricing(
  sql: SqlClient,
  timeZone: string,
  draft: readonly NewRate[],
): Promise<Pricing> {
  const [believed, aliases, models, parents] = await Promise.all([
    readRates(sql),
    readAliases(sql),
    readTeamModels(sql),
    readParents(sql),
  ]);
  const places = new Set(draft.map(placeOf));
  const rates = [
    ...believed.filter((rate) => !places.has(placeOf(rate))),
    ...draft.map((rate) => ({ ...rate, ...NOT_RECORDED })),
  ];
  const fundingOf = createFunding(models, timeZone);
  const changes = models.flatMap(({ effectiveFrom }) =>
    effectiveFrom === null ? [] : [startOfDay(effectiveFrom, timeZone)],
  );
  return createPricing(loadPriceBook(), rates, aliases, fundingOf, parents, changes);
}

const NOT_RECORDED = {
  id: "draft",
  recordedAt: new Date(0),
  recordedBy: "",
  supersededAt: null,
  supersededBy: null,
};

/** What the cost models in force say pays for usage. @param timeZone The one whose days they begin on. */
export function createFunding(models: readonly TeamModel[], timeZone: string): FundingOf {
  if (models.every(({ funding }) => funding.length === 0)) return () => null;
  const byTeam = Map.groupBy(models, ({ team }) => team);
  const ofAll = byTeam.get(null) ?? [];
  return (usage, team, atMs) => {
    const own = [...(byTeam.get(team) ?? []), ...ofAll];
    const model = modelInForce(own, team, civilDayAt(atMs, timeZone));
    return model === null ? null : prepaidBy(model.funding, usage);
  };
}

async function readParents(sql: SqlClient): Promise<TeamParents> {
  const rows = await sql<{ slug: string; parent: string }[]>`
    select slug, parent_slug as parent from team where parent_slug is not null`;
  return new Map(rows.map(({ slug, parent }) => [slug, parent]));
}

/** Rows are only ever added and superseded, so their counts tell every change; teams do move. */
async function versionOf(sql: SqlClient): Promise<{ version: string; timeZone: string }> {
  const rows = await sql<{ version: string }[]>`
    select concat_ws(' ', count(*), count(superseded_at), max(recorded_at)) as version from price_rate
    union all
    select concat_ws(' ', count(*), count(superseded_at), max(recorded_at)) from model_alias
    union all
    select concat_ws(' ', count(*), count(superseded_at), max(recorded_at)) from cost_model
    union all
    select coalesce(string_agg(slug || '<' || parent_slug, ' ' order by slug), '')
      from team where parent_slug is not null
    union all
    (select time_zone from organization)`;
  const [timeZone = "UTC"] = rows.slice(4).map(({ version }) => version);
  return { version: rows.map(({ version }) => version).join("|"), timeZone };
}
