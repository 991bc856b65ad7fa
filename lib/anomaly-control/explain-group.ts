import type { SqlClient, Tx } from "#lib/db/client.ts";
import { subtractUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import {
  type ExplainedChange,
  type Explanation,
  explainChange,
  type PastLeaf,
} from "./explanation.ts";
import type { SightingGroup } from "./group-sightings.ts";
import { readLeaves } from "./read-leaves.ts";
import { readSplit } from "./read-split.ts";
import {
  type AnomalyScope,
  type Finding,
  MOST_KEYS,
  provenKeys,
  type Sighting,
} from "./sighting.ts";
import { explainedSpan, windowOf } from "./window.ts";

/** A group with its money: what is stored of it. */
export type ExplainedGroup = {
  readonly head: Sighting;
  /** The head's, or the narrower one that its parts or causes give away. */
  readonly scope: AnomalyScope;
  readonly keys: readonly string[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly isNotable: boolean;
  readonly expected: Usd;
  readonly actual: Usd;
  readonly impact: Usd;
  readonly parts: ExplainedChange["parts"];
  readonly explanation: Explanation;
  readonly findings: Readonly<Record<string, Finding>>;
};

/** Reads the money and the causes of a group from the rollups of its time. */
export async function explainGroup(
  sql: SqlClient | Tx,
  { head, others }: SightingGroup,
  zone: { readonly timeZone: string; readonly firstDay: number | null },
): Promise<ExplainedGroup> {
  const members = [head, ...others];
  const { unit, ...span } = explainedSpan(head.source, head, zone.timeZone);
  const window = windowOf(unit, span, zone);
  const leaves = await readLeaves(sql, window, head.scope);
  const { scope, kind, change } = tellingView(head, members, leaves);
  const split = await readSplit(sql, window, scope, change.expected);
  const cause = change.explanation.causes[0];
  return {
    head: { ...head, kind },
    scope,
    keys: keysOf(head, members, cause),
    // A detector of agents knows the minute; its money is looked up by the hours around.
    ...(head.source === "agent" ? { startsAt: head.startsAt, endsAt: head.endsAt } : span),
    isNotable: members.some(({ isNotable }) => isNotable),
    ...money(head, change),
    explanation: { ...change.explanation, split },
    // The head's own words come last, and so stay.
    findings: Object.fromEntries(
      members
        .toReversed()
        .flatMap(({ kind, finding }) => (finding === null ? [] : [[kind, finding]])),
    ),
  };
}

/**
 * The narrowest scope that was seen and carries nearly all of the change: "agent
 * reviewer of payments" says more than "the organisation". What it is called is
 * what was seen there: a team that has stopped is a fall of the organisation.
 */
function tellingView(head: Sighting, members: readonly Sighting[], leaves: readonly PastLeaf[]) {
  const whole = { scope: head.scope, kind: head.kind, change: explainChange(leaves) };
  if (head.wasted !== null) return whole;
  const change = sizeOf(whole.change);
  const narrower = members
    .filter(({ scope }) => Object.keys(scope).length > Object.keys(head.scope).length)
    .slice(0, 40)
    // Of one scope what was seen in money first.
    .toSorted(
      (a, b) =>
        Object.keys(b.scope).length - Object.keys(a.scope).length ||
        Number(b.metric === head.metric) - Number(a.metric === head.metric),
    )
    .map(({ scope, kind, metric }) => ({
      scope,
      kind: metric === head.metric ? kind : head.kind,
      change: explainChange(leaves.filter((leaf) => isIn(leaf, scope))),
    }))
    .find((view) => 10n * sizeOf(view.change) >= 9n * change);
  return narrower ?? whole;
}

function isIn({ dimensions }: PastLeaf, { team, model, agent }: AnomalyScope): boolean {
  return (
    (team === undefined || dimensions.team === team) &&
    (model === undefined || dimensions.model === model) &&
    (agent === undefined || dimensions.agent === agent)
  );
}

function sizeOf({ actual, expected }: ExplainedChange): bigint {
  const change = subtractUsd(actual, expected);
  return change < 0n ? -change : change;
}

/** What a detector of agents can prove is the impact; the rest of the hour was work. */
function money({ wasted, scope }: Sighting, change: ExplainedChange) {
  const { actual, expected, parts } = change;
  if (wasted === null) return { actual, expected, impact: subtractUsd(actual, expected), parts };
  const whole = actual >= wasted ? actual : wasted;
  const usual = subtractUsd(whole, wasted);
  const team = scope.team ?? parts[0]?.team;
  return {
    actual: whole,
    expected: usual,
    impact: wasted,
    parts: team === undefined ? [] : [{ team, actual: whole, expected: usual }],
  };
}

function keysOf(
  head: Sighting,
  members: readonly Sighting[],
  cause: Explanation["causes"][number] | undefined,
): string[] {
  const keys = members.flatMap(({ keys: own }) => own);
  if (head.source === "agent") return provenKeys(head, keys).slice(0, MOST_KEYS);
  if (cause !== undefined && cause.value !== null) keys.push(`${cause.dimension}=${cause.value}`);
  return [...new Set(keys)].slice(0, MOST_KEYS);
}

/** Decimals of a group's sums, as they are stored. */
export function storedMoney({ expected, actual, impact }: ExplainedGroup) {
  return {
    expected: toDecimal(expected),
    actual: toDecimal(actual),
    impact: toDecimal(impact),
  };
}
