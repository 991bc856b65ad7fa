import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";

/** Tokens of a call by class. */
export type Size = {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
};

/** How large the calls of a scope were. */
export type ScopeSizes = {
  /** Which of the names make the scope; the others are null. */
  readonly by: readonly Dimension[];
  readonly team: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  /** What `USUAL_SHARE` of the calls did not exceed, class by class. */
  readonly usual: Size;
  readonly largest: Size;
};

export type UsedModel = {
  readonly provider: string;
  readonly model: string;
  readonly lastAt: Date;
};

export type LearnedCalls = { readonly usual: Tokens; readonly largest: Tokens };

export type Learned = {
  /** The narrowest scope of which enough is known: team, agent and model; agent and model; model; all. */
  readonly of: (call: Names) => LearnedCalls | null;
  /** Who was billed for a model last; null when it was never seen. */
  readonly providerOf: (model: string) => string | null;
  /** Models that were used, the most used first. */
  readonly models: readonly { readonly provider: string; readonly model: string }[];
};

/** Fewer calls say too little about the next one. */
export const ENOUGH = 20;
export const USUAL_SHARE = 0.9;

type Dimension = "team" | "agent" | "model";
type Names = Readonly<Record<Dimension, string | null>>;

const NARROWEST_FIRST: readonly (readonly Dimension[])[] = [
  ["team", "agent", "model"],
  ["agent", "model"],
  ["model"],
  [],
];

/** @param models The most used first. */
export function learnCalls(sizes: readonly ScopeSizes[], models: readonly UsedModel[]): Learned {
  const learned = new Map(
    sizes.map((scope) => [
      keyOf(scope.by, scope),
      { usual: tokensOf(scope.usual), largest: tokensOf(scope.largest) },
    ]),
  );
  const byAge = models.toSorted((a, b) => a.lastAt.getTime() - b.lastAt.getTime());
  const providers = new Map(byAge.map(({ model, provider }) => [model, provider]));
  return {
    of: (call) => {
      for (const by of NARROWEST_FIRST) {
        const found = learned.get(keyOf(by, call));
        if (found !== undefined) return found;
      }
      return null;
    },
    providerOf: (model) => providers.get(model) ?? null,
    models,
  };
}

function keyOf(by: readonly Dimension[], names: Names): string {
  return JSON.stringify(by.map((dimension) => names[dimension]));
}

function tokensOf({ input, cacheRead, cacheWrite, output }: Size): Tokens {
  return {
    ...NO_TOKENS,
    input_uncached: input,
    cache_read: cacheRead,
    cache_write_5m: cacheWrite,
    output,
  };
}
