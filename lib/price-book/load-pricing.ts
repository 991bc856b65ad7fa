import type { SqlClient } from "#lib/db/client.ts";
import { loadPriceBook } from "#lib/pricing/load-price-book.ts";
import { readAliases } from "./model-alias.ts";
import { createPricing, type Pricing } from "./pricing.ts";
import { readRates } from "./rate-store.ts";

type Loaded = { readonly version: string; readonly pricing: Pricing };
const LOADED = new WeakMap<SqlClient, Loaded>();

/**
 * All prices as they are believed now. Cheap to call again: while nothing was
 * recorded, the answer is the same object with all that it remembers.
 */
export async function loadPricing(sql: SqlClient): Promise<Pricing> {
  const version = await versionOf(sql);
  const known = LOADED.get(sql);
  if (known?.version === version) return known.pricing;
  const [rates, aliases] = await Promise.all([readRates(sql), readAliases(sql)]);
  const pricing = createPricing(loadPriceBook(), rates, aliases);
  LOADED.set(sql, { version, pricing });
  return pricing;
}

/** Rows are only ever added and superseded, so their counts tell every change. */
async function versionOf(sql: SqlClient): Promise<string> {
  const rows = await sql<{ version: string }[]>`
    select concat_ws(' ', count(*), count(superseded_at), max(recorded_at)) as version from price_rate
    union all
    select concat_ws(' ', count(*), count(superseded_at), max(recorded_at)) from model_alias`;
  return rows.map(({ version }) => version).join("|");
}
