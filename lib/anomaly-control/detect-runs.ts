import { findContextGrowth } from "#lib/anomalies/context-growth.ts";
import { findOrphanSession } from "#lib/anomalies/orphan-session.ts";
import { findRunawayLoops, type LoopLimits, USUAL_LOOP } from "#lib/anomalies/runaway-loop.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { type RunCall, readRuns, toolCosts } from "./read-runs.ts";
import { readTraceEnds } from "./read-trace-ends.ts";
import { agentSighting, isWorth, mainOf } from "./run-sighting.ts";
import type { Sighting } from "./sighting.ts";
import type { WatchFacts } from "./watch-facts.ts";

/** Without their arguments, calls of one tool are a loop only when no person or plan could be behind them. */
const BLIND_LOOP: LoopLimits = { calls: 200, withinMs: 10 * 60_000 };
/** So many repeats are told whatever they cost. */
const MANY = 200;

/**
 * Looks at the sessions and traces of the last hours for agents that go in
 * circles, never compact, or go on after the end of their run.
 */
export async function detectRuns(sql: SqlClient, facts: WatchFacts): Promise<Sighting[]> {
  const runs = await readRuns(sql, { now: facts.now, floor: facts.agentFloor });
  const ends = await readTraceEnds(sql, [...runs.values()].flat(), facts.now);
  return [...runs.values()].flatMap((calls) => [
    ...loopsOf(calls, facts),
    ...growthOf(calls, facts),
    ...orphansOf(calls, ends, facts),
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

/** A trace whose root has ended is over: what is still called in it has nobody who waits for it. */
function orphansOf(
  calls: readonly RunCall[],
  ends: ReadonlyMap<string, number>,
  facts: WatchFacts,
): Sighting[] {
  const traces = Map.groupBy(
    calls.filter(({ isTool }) => !isTool),
    ({ trace }) => trace ?? "",
  );
  return [...traces].flatMap(([trace, own]) => {
    const orphan = findOrphanSession(ends.get(trace) ?? null, own);
    const main = mainOf(own);
    if (orphan === null || !isWorth(orphan.cost, facts, main.scope)) return [];
    return [
      agentSighting("orphan_session", main, {
        startsAt: orphan.firstAtMs,
        endsAt: orphan.lastAtMs + 1,
        wasted: orphan.cost,
        isNotable: true,
        finding: { calls: orphan.calls, model: main.model, session: main.session },
      }),
    ];
  });
}
