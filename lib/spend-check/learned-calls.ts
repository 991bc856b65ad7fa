import { NO_TOKENS, type Tokens } from "#lib/usage/tokens.ts";

/** A call of the ledger, as far as the size of the next one is learned from it. */
export type PastCall = {
  readonly team: string;
  readonly agent: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
};

/** How large the calls of a scope are. */
export type LearnedCalls = {
  readonly count: number;
  /** The size that nine of ten calls do not exceed, class by class. */
  readonly usual: Tokens;
  readonly largest: Tokens;
};

export type Learned = {
  /** The narrowest scope of which enough is known: team, agent and model; agent and model; model; all. */
  readonly of: (
    call: Pick<PastCall, "agent" | "model"> & { team: string | null },
  ) => LearnedCalls | null;
  /** Who was billed for a model last; null when it was never seen. */
  readonly providerOf: (model: string) => string | null;
  /** Models that were used, the most used first. */
  readonly models: readonly { readonly provider: string; readonly model: string }[];
};

/** Fewer calls say too little about the next one. */
const ENOUGH = 20;
const QUANTILE = 0.9;

/** Learns from recent calls, the newest first. */
export function learnCalls(calls: readonly PastCall[]): Learned {
  const scopes = new Map<string, PastCall[]>();
  const providers = new Map<string, string>();
  const used = new Map<string, { provider: string; model: string; count: number }>();
  for (const call of calls) {
    for (const key of keysOf(call)) {
      const known = scopes.get(key);
      if (known === undefined) scopes.set(key, [call]);
      else known.push(call);
    }
    const { provider, model } = call;
    if (provider === null || model === null) continue;
    if (!providers.has(model)) providers.set(model, provider);
    const name = JSON.stringify([provider, model]);
    const count = (used.get(name)?.count ?? 0) + 1;
    used.set(name, { provider, model, count });
  }
  const learned = new Map(
    [...scopes].flatMap(([key, members]) =>
      members.length < ENOUGH ? [] : [[key, summarise(members)] as const],
    ),
  );
  return {
    of: (call) => {
      for (const key of keysOf(call)) {
        const found = learned.get(key);
        if (found !== undefined) return found;
      }
      return null;
    },
    providerOf: (model) => providers.get(model) ?? null,
    models: [...used.values()]
      .toSorted((a, b) => b.count - a.count)
      .map(({ provider, model }) => ({ provider, model })),
  };
}

/** Narrowest first. */
function keysOf({
  team,
  agent,
  model,
}: {
  team: string | null;
  agent: string | null;
  model: string | null;
}): string[] {
  return [[team, agent, model], [agent, model], [model], []].map((key) => JSON.stringify(key));
}

function summarise(calls: readonly PastCall[]): LearnedCalls {
  const at = (share: number): Tokens => {
    const of = (size: (call: PastCall) => number) => quantile(calls.map(size), share);
    return {
      ...NO_TOKENS,
      input_uncached: of(({ input }) => input),
      cache_read: of(({ cacheRead }) => cacheRead),
      cache_write_5m: of(({ cacheWrite }) => cacheWrite),
      output: of(({ output }) => output),
    };
  };
  return { count: calls.length, usual: at(QUANTILE), largest: at(1) };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
