import type { ReadScope } from "#lib/access/read-scope.ts";
import { teamsOf } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { toDecimal } from "#lib/money/money.ts";
import { promptSize } from "#lib/pricing/price-usage.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import { type Quote, type QuoteInput, receiptLine, splitUsage } from "#lib/pricing/quote.ts";
import { because } from "#lib/refusals/reason.ts";
import { loadPricing } from "./load-pricing.ts";
import type { Pricing } from "./pricing.ts";

/** What a call costs a team, and what it costs at list prices. */
export type TeamQuote = Quote & {
  readonly list_usd: string | null;
  /** The lines at list prices; empty where those are charged. */
  readonly list_lines: Quote["lines"];
};

/**
 * Prices one call as the ledger would for a team: with its aliases, contracts
 * and funding, on the engine that prices telemetry.
 *
 * @throws {AppError} "not_found" unless the team is among the viewer's.
 */
export async function quoteForTeam(
  sql: SqlClient,
  scope: ReadScope,
  input: QuoteInput,
  team: string,
): Promise<TeamQuote> {
  const teams = teamsOf(scope);
  const [known] = await sql`select from team where slug = ${team}`;
  if (known === undefined || (teams !== "all" && !teams.includes(team))) {
    throw new AppError(because("no_team", { team }), { code: "not_found" });
  }
  return teamQuote(await loadPricing(sql), input, team);
}

/** The same from prices at hand. Pure. */
export function teamQuote(pricing: Pricing, input: QuoteInput, team: string): TeamQuote {
  const { tokens, units } = splitUsage(input.usage);
  const { rateSet, listRateSet } = pricing.resolve(
    {
      provider: input.provider,
      model: input.model,
      tier: input.service_tier ?? null,
      speed: input.speed ?? null,
      region: input.region ?? null,
      inferenceGeo: input.inference_geo ?? null,
      contextTokens: input.context_tokens ?? promptSize(tokens, units),
      atMs: Date.parse(input.at),
    },
    team,
  );
  const charged = priceWithRateSet(rateSet, tokens, units);
  const isList = rateSet.listRates === undefined;
  const list = isList ? charged : priceWithRateSet(listRateSet, tokens, units);
  const isIncluded = rateSet.funding !== undefined;
  return {
    status: isIncluded ? "included" : charged.status,
    usd: isIncluded ? "0" : charged.cost === null ? null : toDecimal(charged.cost),
    lower_bound: isIncluded ? "0" : toDecimal(charged.lowerBound),
    lines: charged.lines.map(receiptLine),
    rate_set_id: rateSet.id,
    list_usd: list.cost === null ? null : toDecimal(list.cost),
    list_lines: isList ? [] : list.lines.map(receiptLine),
  };
}
