import { floatOf } from "#lib/money/float-usd.ts";
import type { Usd } from "#lib/money/money.ts";
import type { RunCall } from "./read-runs.ts";
import type { AgentKind, AnomalyScope, Finding, Sighting } from "./sighting.ts";
import { feedbackFactor, type WatchFacts } from "./watch-facts.ts";

/** Whose run it is: the team and agent of most calls, and the model that answered most. */
export type Main = {
  readonly scope: AnomalyScope;
  readonly model: string | null;
  readonly session: string | null;
};

export function mainOf(calls: readonly RunCall[]): Main {
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

export function isWorth(amount: Usd, facts: WatchFacts, scope: AnomalyScope): boolean {
  const factor = scope.agent === undefined ? 1 : feedbackFactor(facts, `agent=${scope.agent}`);
  return floatOf(amount) >= facts.agentFloor * factor;
}

export function agentSighting(
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
    excess: floatOf(told.wasted),
    ...told,
  };
}
