import type { SqlClient } from "#lib/db/client.ts";
import { readUsageDays } from "#lib/focus/read-usage-days.ts";
import { type UsageGroup, usageParts } from "#lib/focus/usage-rows.ts";
import { addUsd, ZERO_USD } from "#lib/money/money.ts";
import type { CivilDay } from "#lib/time/civil-day.ts";
import { TOKEN_CLASSES } from "#lib/usage/tokens.ts";
import type { LedgerUsage } from "./comparison.ts";

/**
 * What the ledger has of these providers in days of UTC, by which providers
 * invoice: as the rows of the FOCUS files, summed over teams.
 */
export async function readLedgerUsage(
  sql: SqlClient,
  days: { readonly from: CivilDay; readonly to: CivilDay },
  providers: ReadonlySet<string>,
): Promise<readonly LedgerUsage[]> {
  const sums = new Map<string, LedgerUsage>();
  for await (const { groups } of readUsageDays(sql, "all", days, "UTC", "usage_hour")) {
    for (const group of groups) {
      if (group.provider !== null && providers.has(group.provider)) add(sums, group);
    }
  }
  return [...sums.values()];
}

const ACCOUNT = { name: "", timeZone: "UTC", teamNames: new Map<string, string>() };

function add(sums: Map<string, LedgerUsage>, group: UsageGroup): void {
  const { model, day, rateSet } = group;
  const provider = group.provider ?? "";
  const isCovered = rateSet?.funding !== undefined;
  for (const { row, costs } of usageParts(ACCOUNT, group)) {
    const tokenClass = TOKEN_CLASSES.find((name) => name === row.x_TokenType) ?? null;
    const key = JSON.stringify([provider, model, day, tokenClass]);
    const sum = sums.get(key) ?? { provider, model, day, tokenClass, ...NOTHING };
    const tokens = row.ConsumedUnit === "Tokens" ? BigInt(row.ConsumedQuantity ?? "0") : 0n;
    const [metered, covered] = isCovered ? [0n, tokens] : [tokens, 0n];
    sums.set(key, {
      ...sum,
      billed: addUsd(sum.billed, costs.billed),
      covered: addUsd(sum.covered, isCovered ? costs.contracted : ZERO_USD),
      tokens: sum.tokens + metered,
      coveredTokens: sum.coveredTokens + covered,
      // A row of FOCUS has the calls of all its classes on the first: here each is asked for itself.
      unpricedCalls: sum.unpricedCalls + (row.SkuId === null ? group.unpricedCalls : 0),
    });
  }
}

const NOTHING = {
  ...{ billed: ZERO_USD, covered: ZERO_USD },
  ...{ tokens: 0n, coveredTokens: 0n, unpricedCalls: 0 },
} as const;
