import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { addUsd, parseUsd, subtractUsd, sumUsd, type Usd, ZERO_USD } from "#lib/money/money.ts";
import { priceWithRateSet } from "#lib/pricing/price-with-rate-set.ts";
import { type QuoteLine, receiptLine } from "#lib/pricing/quote.ts";
import { listRateSetOf, type RateSet } from "#lib/pricing/rate-set.ts";
import { because } from "#lib/refusals/reason.ts";
import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import { basisSql } from "./cost-basis-sql.ts";
import { joined, scopeAndFilters } from "./dimension-sql.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import { daysOf } from "./team-costs.ts";
import type { UsageQuery } from "./usage-query.ts";

/** How usage is paid for: by its tokens, by anything that was paid beforehand, or by a plan. */
export const PAYMENTS = ["metered", "beforehand", "plan"] as const;
export type Payment = (typeof PAYMENTS)[number];

export type UsageReceiptQuery = Pick<UsageQuery, "from" | "to" | "filters" | "costBasis"> & {
  /** Only what is paid for so; all when left out. */
  readonly paid?: Payment | undefined;
};

/** What the calls of one rate set come to: tokens × rate, line by line. */
export type UsageReceiptPart = {
  readonly rateSetId: string;
  readonly rateSet: RateSet;
  readonly calls: number;
  readonly unpricedCalls: number;
  readonly lines: readonly QuoteLine[];
  /** What tokens × rate do not tell: fees, and less the tokens of calls that have no price or that half of was told. */
  readonly beside: Usd;
  /** Lines and `beside`; 0 where something paid for the calls beforehand. */
  readonly cost: Usd;
};

export type UsageReceipt = {
  /** The dearest first. */
  readonly parts: readonly UsageReceiptPart[];
  /** The sum of the parts: the figure of `/usage` for the same question. */
  readonly total: Usd;
  readonly unpricedCalls: number;
};

/**
 * The receipt of a sum of usage: its tokens by the rates of their calls, from
 * the day rollups. Costs and lines are at list prices for the list cost.
 *
 * @throws {AppError} "invalid" unless the period is of whole days of the
 *   organisation's zone, and for sessions, whose events have receipts.
 */
export async function usageReceipt(
  sql: SqlClient,
  scope: ReadScope,
  { from, to, filters, costBasis, paid }: UsageReceiptQuery,
): Promise<UsageReceipt> {
  if (filters.session !== undefined) {
    throw new AppError(because("session_receipt"), { code: "invalid" });
  }
  return readOnly(sql, async (tx) => {
    daysOf({ from, to }, await organizationZone(tx));
    const basis = basisSql(tx, costBasis, "u");
    const tokens = TOKEN_CLASSES.map((name) => tx`sum(u.${tx(name)})::bigint as ${tx(name)}`);
    const rows = await tx<Row[]>`
      select c.id as rate_set_id, c.content, sum(u.model_calls)::bigint as calls,
             sum(u.unpriced_calls)::bigint as unpriced_calls, sum(${basis.cost}) as cost,
             ${joined(tx, tokens, tx`,`)}
        from ${tx(filters.user === undefined ? "usage_day" : "usage_day_user")} u
        join dimension_set d on d.id = u.dimension_set_id
        join rate_set c on c.id = u.rate_set_id ${basis.join}
       where u.day >= ${from} and u.day < ${to}
         ${scopeAndFilters(tx, scope, filters)} ${paidSql(tx, paid)}
       group by c.id`;
    const parts = rows
      .map((row) => partOf(row, costBasis))
      .filter(({ calls, cost }) => calls > 0 || cost !== 0n)
      .toSorted((a, b) => (a.cost === b.cost ? b.calls - a.calls : a.cost > b.cost ? -1 : 1));
    return {
      parts,
      total: sumUsd(parts.map(({ cost }) => cost)),
      unpricedCalls: parts.reduce((sum, part) => sum + part.unpricedCalls, 0),
    };
  });
}

function paidSql(sql: SqlClient, paid: Payment | undefined) {
  switch (paid) {
    case "metered":
      return sql`and c.content->>'funding' is null`;
    case "beforehand":
      return sql`and c.content->>'funding' is not null`;
    case "plan":
      return sql`and c.content->>'funding' = 'plan'`;
    case undefined:
      return sql``;
  }
}

type Row = {
  readonly rate_set_id: bigint;
  readonly content: RateSet;
  readonly calls: bigint;
  readonly unpriced_calls: bigint;
  readonly cost: string;
} & { readonly [Class in keyof Tokens]: bigint };

function partOf(row: Row, costBasis: UsageQuery["costBasis"]): UsageReceiptPart {
  const rateSet = costBasis === "list" ? listRateSetOf(row.content) : row.content;
  const tokens = Object.fromEntries(TOKEN_CLASSES.map((name) => [name, Number(row[name])]));
  const { lines } = priceWithRateSet(rateSet, tokens as unknown as Tokens);
  const isMetered = row.content.funding === undefined || ["list", "contracted"].includes(costBasis);
  const told = isMetered
    ? lines.reduce((sum, { cost }) => addUsd(sum, cost ?? ZERO_USD), ZERO_USD)
    : ZERO_USD;
  const cost = parseUsd(row.cost);
  return {
    rateSetId: `${row.rate_set_id}`,
    rateSet: row.content,
    calls: Number(row.calls),
    unpricedCalls: Number(row.unpriced_calls),
    lines: lines.map(receiptLine),
    beside: subtractUsd(cost, told),
    cost,
  };
}
