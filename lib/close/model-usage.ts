import { addCosts, type Costs, hasCosts, NO_COSTS, subtractCosts } from "#lib/cost-model/costs.ts";
import type { StatementLine } from "./statement-line.ts";
import { USAGE_PARTS, type UsageClassLine, type UsagePartName } from "./usage-classes.ts";

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

/** The lines of usage, one a model, with their classes of tokens; dearest first. */
export function modelUsage(
  lines: readonly StatementLine[],
  classes: readonly UsageClassLine[],
): readonly ModelUsage[] {
  const told = Map.groupBy(classes, modelKey);
  const models = Map.groupBy(
    lines.filter(({ kind }) => kind === "usage" || kind === "covered"),
    modelKey,
  );
  return [...models]
    .flatMap(([key, group]) => ofModel(group, told.get(key) ?? []))
    .toSorted((a, b) => byCost(b, a));
}

function modelKey({ kind, provider, model }: Pick<StatementLine, "kind" | "provider" | "model">) {
  return JSON.stringify([kind, provider, model]);
}

/** Equal models come in the order of their names: a file is the same each time. */
function byCost(a: ModelUsage, b: ModelUsage): number {
  if (a.costs.list !== b.costs.list) return a.costs.list > b.costs.list ? 1 : -1;
  if (a.tokens !== b.tokens) return a.tokens > b.tokens ? 1 : -1;
  return modelKey(a) < modelKey(b) ? 1 : -1;
}

function ofModel(
  lines: readonly StatementLine[],
  told: readonly UsageClassLine[],
): readonly ModelUsage[] {
  const [first] = lines;
  if (first === undefined) return [];
  const unpricedCalls = lines.reduce((sum, line) => sum + line.unpricedCalls, 0n);
  const { costs, tokens } = sumOf(lines);
  const classes = withRest({ costs, tokens }, told);
  // Calls of tools cost nothing and count no tokens.
  if (!hasCosts(costs) && tokens === 0n && unpricedCalls === 0n) return [];
  const { kind, provider, model } = first;
  return [{ kind, provider, model, costs, tokens, unpricedCalls, classes }];
}

/** The classes in their order; what they do not tell of the line is of other units. */
function withRest(line: Sum, told: readonly UsageClassLine[]): readonly UsageClass[] {
  const known = sumOf(told);
  const rest = {
    tokens: line.tokens - known.tokens,
    costs: subtractCosts(line.costs, known.costs),
  };
  const parts = [...Map.groupBy(told, ({ name }) => name)].map(([name, group]) => ({
    ...{ name, ...sumOf(group) },
  }));
  const isWhole = rest.tokens === 0n && !hasCosts(rest.costs);
  const other = sumOf([...parts.filter(({ name }) => name === "other"), rest]);
  const classes = isWhole
    ? parts
    : [...parts.filter(({ name }) => name !== "other"), { name: "other" as const, ...other }];
  return classes.toSorted((a, b) => USAGE_PARTS.indexOf(a.name) - USAGE_PARTS.indexOf(b.name));
}

type Sum = { readonly tokens: bigint; readonly costs: Costs };

function sumOf(lines: readonly Sum[]): Sum {
  return {
    tokens: lines.reduce((sum, line) => sum + line.tokens, 0n),
    costs: lines.reduce((sum, line) => addCosts(sum, line.costs), NO_COSTS),
  };
}
