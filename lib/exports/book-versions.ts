import { createHash } from "node:crypto";
import type { SqlClient } from "#lib/db/client.ts";
import catalogue from "#lib/pricing/data/genai-prices.json" with { type: "json" };
import { OVERLAYS } from "#lib/pricing/load-price-book.ts";

/**
 * Which prices, rules and cost models figures were made with. Equal versions
 * mean equal books; a change, also one taken back, gives another version.
 */
export type BookVersions = {
  /** The shipped book and the records on top of it: `9c1f03ab+12`. */
  readonly priceBook: string;
  readonly rules: string;
  readonly costModels: string;
};

let shipped: string | undefined;

export async function readBookVersions(sql: SqlClient): Promise<BookVersions> {
  const [row] = await sql<{ prices: string; rules: string; models: string }[]>`
    select
      (select count(*) + count(superseded_at) from price_rate)
        + (select count(*) + count(superseded_at) from model_alias) as prices,
      (select count(*) + count(ended_at) + count(retired_at) from allocation_rule)
        + (select count(merged_at) + count(archived_at) from team) as rules,
      (select count(*) + count(superseded_at) from cost_model)
        + (select count(*) + count(superseded_at) from charge)
        + (select count(*) + count(superseded_at) from shared_cost) as models`;
  shipped ??= createHash("sha256")
    .update(JSON.stringify([catalogue, OVERLAYS]))
    .digest("hex")
    .slice(0, 8);
  return {
    priceBook: `${shipped}+${row?.prices ?? 0}`,
    rules: String(row?.rules ?? 0),
    costModels: String(row?.models ?? 0),
  };
}
