import type { Fragment } from "postgres";
import type { SqlClient } from "#lib/db/client.ts";
import type { CostBasis } from "./usage-query.ts";

/** How one of the four costs is read from a row of usage `r`. */
export type BasisSql = {
  readonly cost: Fragment;
  /** What has to be joined to `r` for it. */
  readonly join: Fragment;
};

/**
 * FOCUS's four costs of usage. Effective and billed are the cost in force, which
 * is nothing where a plan, credits or a commitment paid beforehand; the
 * contracted cost is then what the agreed rates come to: the list cost, less
 * tokens × what the contract takes off. Fees of such calls stay at list.
 *
 * @param r The name of a row of the rollups, or of the ledger, that has
 *   `rate_set_id`. Where its cost is null, for want of a price, so is each.
 */
export function basisSql(sql: SqlClient, basis: CostBasis, r: "r" | "u" = "r"): BasisSql {
  if (basis === "list") return { cost: sql`${sql(r)}.list_cost`, join: sql`` };
  if (basis !== "contracted") return { cost: sql`${sql(r)}.cost`, join: sql`` };
  const row = sql`${sql(r)}`;
  const join = sql`left join rate_set s on s.id = ${row}.rate_set_id`;
  return { cost: contracted(sql, row), join };
}

/** Amounts have 24 decimals here, for Postgres divides to as many as the dividend has, else to sixteen digits. */
function contracted(sql: SqlClient, r: Fragment): Fragment {
  return sql`
    case when s.content->>'funding' is null then ${r}.cost
         when s.content->'listRates' is null then ${r}.list_cost
         else ${r}.list_cost + round(coalesce((
           select sum(x.sign * ${tokensOf(sql, r)} * (x.rate->>'amount')::numeric(38, 24)
                    * (x.rate->>'num')::numeric
                    / ((x.rate->>'per')::numeric * (x.rate->>'den')::numeric))
             from (select 1 as sign, rate from jsonb_array_elements(s.content->'rates') rate
                   union all
                   select -1, rate from jsonb_array_elements(s.content->'listRates') rate) x
         ), 0), 18) end`;
}

/** The tokens of a rate's unit; reasoning is part of the output unless it has a price of its own. */
function tokensOf(sql: SqlClient, r: Fragment): Fragment {
  return sql`
    case x.rate->>'unit'
      when 'input_uncached' then ${r}.input_uncached
      when 'cache_read' then ${r}.cache_read
      when 'cache_write_5m' then ${r}.cache_write_5m
      when 'cache_write_1h' then ${r}.cache_write_1h
      when 'reasoning' then ${r}.reasoning
      when 'output' then ${r}.output - case when s.content @> '{"rates":[{"unit":"reasoning"}]}'
                                    then ${r}.reasoning else 0 end
      else 0 end`;
}
