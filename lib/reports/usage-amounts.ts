import type { ReadScope } from "#lib/access/read-scope.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { parseUsd } from "#lib/money/money.ts";
import { dimensionColumn, groupName, joined, scopeAndFilters } from "./dimension-sql.ts";
import type { COUNT_COLUMNS } from "./measures.ts";
import { organizationZone, readOnly } from "./read-only.ts";
import { planUsage } from "./usage-plan.ts";
import type { UsageQuery, UsageRow } from "./usage-query.ts";
import { usageSource } from "./usage-source.ts";

/** What an amount adds up: one of the two costs, or counts. */
export type AmountColumns =
  | readonly ["cost" | "list_cost"]
  | readonly (typeof COUNT_COLUMNS)[number][];

/** One amount of a group in a bucket: 1e-18 USD, or a count. */
export type UsageAmount = Pick<UsageRow, "bucketStart" | "group"> & { readonly amount: bigint };

/**
 * One amount of each group and bucket of `usageReport`'s answer, where it is not
 * zero: for a chart, which shows a single measure of very many rows.
 *
 * @param most Rows; one more is given where there are more.
 * @throws as `usageReport`.
 */
export async function usageAmounts(
  sql: SqlClient,
  scope: ReadScope,
  query: UsageQuery,
  columns: AmountColumns,
  most: number,
): Promise<readonly UsageAmount[]> {
  const { edges, rows } = await readOnly(sql, async (tx) => {
    const plan = planUsage(query, await organizationZone(tx));
    const groups = query.groupBy.map(
      (dimension, index) =>
        tx`, ${dimensionColumn(tx, scope, dimension)} as ${groupName(tx, index)}`,
    );
    const numbers = groups.map((_, index) => tx`, ${tx.unsafe(String(index + 2))}`);
    const amount = tx`sum(${joined(
      tx,
      columns.map((name) => tx`u.${tx(name)}`),
      tx` + `,
    )})`;
    const found = await tx<AmountRow[]>`
      select u.b ${joined(tx, groups, tx``)}, ${amount}::text as amount
        from ${usageSource(tx, plan, query.costBasis)}
       where true ${scopeAndFilters(tx, scope, query.filters)}
       group by 1 ${joined(tx, numbers, tx``)}
      having ${amount} <> 0
       order by 1, ${amount} desc ${joined(tx, numbers, tx``)}
       limit ${most + 1}`;
    return { edges: plan.edges, rows: found };
  });
  const isMoney = columns[0] === "cost" || columns[0] === "list_cost";
  return rows.map((row) => ({
    bucketStart: new Date(edges[row.b - 1] ?? query.from),
    group: Object.fromEntries(
      query.groupBy.map((dimension, index) => [dimension, row[`g${index}`] ?? null]),
    ),
    amount: isMoney ? parseUsd(row.amount) : BigInt(row.amount),
  }));
}

type AmountRow = {
  readonly b: number;
  readonly amount: string;
  readonly [group: `g${number}`]: string | null;
};
