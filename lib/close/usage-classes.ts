import type { ReadScope } from "#lib/access/read-scope.ts";
import { addCosts, type Costs, NO_COSTS } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { readUsageDays } from "#lib/focus/read-usage-days.ts";
import { type UsageGroup, type UsagePart, usageParts } from "#lib/focus/usage-rows.ts";
import { TOKEN_CLASSES, type TokenClass } from "#lib/usage/tokens.ts";
import type { Month } from "./month.ts";

/** The classes of tokens, and units that are no tokens, with what was rounded. */
export const USAGE_PARTS = [...TOKEN_CLASSES, "other"] as const;
export type UsagePartName = TokenClass | "other";

/** What a team used of a class of a model's tokens. */
export type UsageClassLine = Pick<UsageGroup, "team" | "costCenter" | "provider" | "model"> & {
  readonly kind: "usage" | "covered";
  readonly name: UsagePartName;
  readonly tokens: bigint;
  readonly costs: Costs;
};

/**
 * A month's usage by class of tokens as the rollups have it now.
 *
 * @param isOurs Whether usage is wanted.
 */
export async function readUsageClasses(
  sql: SqlClient,
  scope: ReadScope,
  { month, timeZone }: { readonly month: Month; readonly timeZone: string },
  isOurs: (group: Pick<UsageGroup, "team" | "costCenter">) => boolean = () => true,
): Promise<readonly UsageClassLine[]> {
  const sums = new Map<string, UsageClassLine>();
  const account = { name: "", timeZone, teamNames: new Map<string, string>() };
  const days = { from: month.first, to: month.end };
  for await (const { groups } of readUsageDays(sql, scope, days, timeZone)) {
    for (const group of groups.filter(isOurs)) {
      for (const part of usageParts(account, group)) addLine(sums, classLine(group, part));
    }
  }
  return [...sums.values()];
}

function classLine(group: UsageGroup, { row, costs }: UsagePart): UsageClassLine {
  const { team, costCenter, provider, model, rateSet } = group;
  return {
    ...{ team, costCenter, provider, model, costs },
    kind: rateSet?.funding === undefined ? "usage" : "covered",
    name: TOKEN_CLASSES.find((known) => known === row.x_TokenType) ?? "other",
    tokens: row.ConsumedUnit === "Tokens" ? BigInt(row.ConsumedQuantity ?? "0") : 0n,
  };
}

function addLine(sums: Map<string, UsageClassLine>, line: UsageClassLine): void {
  const { team, costCenter, kind, provider, model, name } = line;
  const key = JSON.stringify([team, costCenter, kind, provider, model, name]);
  const sum = sums.get(key);
  sums.set(key, {
    ...line,
    tokens: (sum?.tokens ?? 0n) + line.tokens,
    costs: addCosts(sum?.costs ?? NO_COSTS, line.costs),
  });
}
