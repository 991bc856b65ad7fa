import type { ReadScope } from "#lib/access/read-scope.ts";
import { addCosts, type Costs, hasCosts, NO_COSTS, subtractCosts } from "#lib/cost-model/costs.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { readUsageDays } from "#lib/focus/read-usage-days.ts";
import { type UsageGroup, type UsagePart, usageParts } from "#lib/focus/usage-rows.ts";
import { TOKEN_CLASSES, type TokenClass } from "#lib/usage/tokens.ts";
import type { Month } from "./month.ts";
import type { StatementLine } from "./statement-line.ts";

/** Apart from the classes of tokens: units that are no tokens, and what came after the closing. */
export const USAGE_PARTS = [...TOKEN_CLASSES, "other", "later"] as const;
export type UsagePartName = TokenClass | "other" | "later";

/** A class of a model's tokens in a statement. */
export type UsageClass = {
  readonly name: UsagePartName;
  readonly tokens: bigint;
  readonly costs: Costs;
};

/** What a team used of a model, by class; the classes add up to the model. */
export type ModelUsage = Pick<
  StatementLine,
  "kind" | "provider" | "model" | "costs" | "tokens" | "unpricedCalls"
> & { readonly classes: readonly UsageClass[] };

/**
 * The lines of usage, one a model, with their classes of tokens; dearest first.
 * Classes come from the rollups as they are now. Where a closed line says
 * otherwise, the difference is a part of its own.
 *
 * @param isOurs Whether usage is of this statement.
 */
export async function readModelUsage(
  sql: SqlClient,
  scope: ReadScope,
  { month, timeZone }: { readonly month: Month; readonly timeZone: string },
  lines: readonly StatementLine[],
  isOurs: (group: Pick<UsageGroup, "team" | "costCenter">) => boolean,
): Promise<readonly ModelUsage[]> {
  const sums = new Map<string, Map<UsagePartName, UsageClass>>();
  const account = { name: "", timeZone, teamNames: new Map<string, string>() };
  const days = { from: month.first, to: month.end };
  for await (const { groups } of readUsageDays(sql, scope, days, timeZone)) {
    for (const group of groups.filter(isOurs)) {
      const kind = group.rateSet?.funding === undefined ? "usage" : "covered";
      const key = JSON.stringify([kind, group.provider, group.model]);
      const classes = sums.get(key) ?? new Map<UsagePartName, UsageClass>();
      sums.set(key, classes);
      for (const part of usageParts(account, group)) addPart(classes, part);
    }
  }
  const models = Map.groupBy(
    lines.filter(({ kind }) => kind === "usage" || kind === "covered"),
    ({ kind, provider, model }) => JSON.stringify([kind, provider, model]),
  );
  return [...models]
    .flatMap(([key, group]) => modelUsage(group, [...(sums.get(key)?.values() ?? [])]))
    .toSorted((a, b) => byCost(b, a));
}

function byCost(a: ModelUsage, b: ModelUsage): number {
  if (a.costs.list === b.costs.list) return a.tokens > b.tokens ? 1 : -1;
  return a.costs.list > b.costs.list ? 1 : -1;
}

function addPart(classes: Map<UsagePartName, UsageClass>, { row, costs }: UsagePart): void {
  const name = TOKEN_CLASSES.find((known) => known === row.x_TokenType) ?? "other";
  const sum = classes.get(name) ?? { name, tokens: 0n, costs: NO_COSTS };
  const tokens = row.ConsumedUnit === "Tokens" ? BigInt(row.ConsumedQuantity ?? "0") : 0n;
  classes.set(name, {
    name,
    tokens: sum.tokens + tokens,
    costs: addCosts(sum.costs, costs),
  });
}

function modelUsage(
  lines: readonly StatementLine[],
  found: readonly UsageClass[],
): readonly ModelUsage[] {
  const [first] = lines;
  if (first === undefined) return [];
  const costs = lines.reduce((sum, line) => addCosts(sum, line.costs), NO_COSTS);
  const tokens = lines.reduce((sum, line) => sum + line.tokens, 0n);
  const unpricedCalls = lines.reduce((sum, line) => sum + line.unpricedCalls, 0n);
  const later: UsageClass = {
    name: "later",
    tokens: found.reduce((rest, part) => rest - part.tokens, tokens),
    costs: found.reduce((rest, part) => subtractCosts(rest, part.costs), costs),
  };
  const isWhole = later.tokens === 0n && !hasCosts(later.costs);
  const classes = (isWhole ? found : [...found, later]).toSorted(
    (a, b) => USAGE_PARTS.indexOf(a.name) - USAGE_PARTS.indexOf(b.name),
  );
  // Calls of tools cost nothing and count no tokens.
  if (!hasCosts(costs) && tokens === 0n && unpricedCalls === 0n && isWhole) return [];
  const { kind, provider, model } = first;
  return [{ kind, provider, model, costs, tokens, unpricedCalls, classes }];
}
