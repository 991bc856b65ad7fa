import { findContextGrowth } from "#lib/anomalies/context-growth.ts";
import { findRunawayLoops, type LoopLimits, USUAL_LOOP } from "#lib/anomalies/runaway-loop.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { floatOf } from "#lib/forecast/float-usd.ts";
import type { Usd } from "#lib/money/money.ts";
import { type RunCall, readRuns, toolCosts } from "./read-runs.ts";
import type { AgentKind, AnomalyScope, Finding, Sighting } from "./sighting.ts";
import { feedbackFactor, type WatchFacts } from "./watch-facts.ts";

/** Without their arguments, calls of one tool are a loop only when no person or plan could be behind them. */
const BLIND_LOOP: LoopLimits = { calls: 200, withinMs: 10 * 60_000 };
/** So many repeats are told whatever they cost. */
const MANY = 200;

/** Looks at the sessions and traces of the last hours for agents that go in circles or never compact. */
export async function detectRuns(sql: SqlClient, facts: WatchFacts): Promise<Sighting[]> {
  const runs = await readRuns(sql, { now: facts.now, floor: facts.agentFloor });
  return [...runs.values()].flatMap((calls) => [
    ...loopsOf(calls, facts),
    ...growthOf(calls, facts),
  ]);
}

function loopsOf(calls: readonly RunCall[], facts: WatchFacts): Sighting[] {
  const tools = toolCosts(calls).map((call) => ({
    ...call,
    tool: call.tool ?? "unknown",
    cost: call.total,
  }));
  const seen = tools.filter(({ argumentsHash }) => argumentsHash !== null);
  const blind = tools.filter(({ argumentsHash }) => argumentsHash === null);
  const withHash = (call: (typeof tools)[number]) => ({
    ...call,
    argumentsHash: call.argumentsHash ?? "",
  });
  const loops = [
    ...findRunawayLoops(seen.map(withHash), USUAL_LOOP),
    ...findRunawayLoops(blind.map(withHash), BLIND_LOOP),
  ];
  const [first] = tools;
  if (first === undefined) return [];
  const main = mainOf(calls);
  return loops
    .filter(({ wasted, calls: count }) => isWorth(wasted, facts, main.scope) || count >= MANY)
    .slice(0, 3)
    .map((loop) =>
      agentSighting("runaway_loop", main, {
        startsAt: loop.firstAtMs,
        endsAt: loop.lastAtMs + 1,
        wasted: loop.wasted,
        isNotable: isWorth(loop.wasted, facts, main.scope),
        finding: {
          tool: loop.tool,
          calls: loop.calls,
          same_arguments: loop.argumentsHash !== "",
          model: main.model,
          session: main.session,
        },
      }),
    );
}

function growthOf(calls: readonly RunCall[], facts: WatchFacts): Sighting[] {
  const main = mainOf(calls);
  // Sub-agents have threads of their own.
  const thread = calls
    .filter(({ isTool, agent }) => !isTool && agent === (main.scope.agent ?? null))
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs);
  const [first, last] = [thread[0], thread.at(-1)];
  const growth = findContextGrowth(thread);
  if (growth === null || first === undefined || last === undefined) return [];
  if (!isWorth(growth.growthCost, facts, main.scope)) return [];
  return [
    agentSighting("context_growth", main, {
      startsAt: first.startedAtMs,
      endsAt: last.startedAtMs + 1,
      wasted: growth.growthCost,
      // A habit of an agent, to be looked at, not to be woken up for.
      isNotable: false,
      finding: {
        turns: growth.turns,
        first_tokens: growth.firstTokens,
        last_tokens: growth.lastTokens,
        session: main.session,
      },
    }),
  ];
}

/** Whose run it is: the team and agent of most calls, and the model that answered most. */
type Main = {
  readonly scope: AnomalyScope;
  readonly model: string | null;
  readonly session: string | null;
};

function mainOf(calls: readonly RunCall[]): Main {
  const [first] = calls;
  const team = most(calls.map((call) => call.team));
  const agent = most(calls.map((call) => call.agent));
  return {
    scope: { ...(team === null ? {} : { team }), ...(agent === null ? {} : { agent }) },
    model: most(calls.map((call) => call.model)),
    session: first?.isSession === true ? first.run : null,
  };
}

function most(values: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}

function isWorth(amount: Usd, facts: WatchFacts, scope: AnomalyScope): boolean {
  const factor = scope.agent === undefined ? 1 : feedbackFactor(facts, `agent=${scope.agent}`);
  return floatOf(amount) >= facts.agentFloor * factor;
}

function agentSighting(
  kind: AgentKind,
  { scope }: Pick<Main, "scope">,
  told: {
    readonly startsAt: number;
    readonly endsAt: number;
    readonly wasted: Usd;
    readonly isNotable: boolean;
    readonly finding: Finding;
  },
): Sighting {
  const own = scope.agent === undefined ? `team=${scope.team}` : `agent=${scope.agent}`;
  return {
    source: "agent",
    kind,
    metric: "spend",
    direction: 1,
    scope,
    keys: [own, `${kind}:${own}`],
    measured: null,
    ...told,
  };
}
