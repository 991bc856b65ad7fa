import { sumUsd, type Usd } from "#lib/money/money.ts";

/** One tool call of a session. */
export type LoopCall = {
  readonly tool: string;
  /** Equal for equal arguments; the arguments themselves are content and stay out. */
  readonly argumentsHash: string;
  readonly startedAtMs: number;
  /** Of the call, and of the model call that asked for it where that is known. */
  readonly cost: Usd;
};

/** The same tool, called with the same arguments over and over. */
export type RunawayLoop = {
  readonly tool: string;
  readonly argumentsHash: string;
  readonly calls: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** Cost of all calls but the first. */
  readonly wasted: Usd;
};

export type LoopLimits = { readonly calls: number; readonly withinMs: number };

/** Retrying a few times is normal; polling with equal arguments is slower than this. */
export const USUAL_LOOP: LoopLimits = { calls: 6, withinMs: 10 * 60_000 };

/**
 * Finds agents that go in circles: at least so many calls of one tool with the
 * same arguments within a window. A loop lasts while calls follow each other
 * closer than the window.
 *
 * @param calls Of one session, in any order.
 */
export function findRunawayLoops(
  calls: readonly LoopCall[],
  limits: LoopLimits = USUAL_LOOP,
): RunawayLoop[] {
  const bySubject = Map.groupBy(calls, (call) => JSON.stringify([call.tool, call.argumentsHash]));
  return [...bySubject.values()]
    .flatMap((same) => episodes(same, limits.withinMs))
    .filter((episode) => isLoop(episode, limits))
    .map(toLoop)
    .toSorted((a, b) => (a.wasted > b.wasted ? -1 : a.wasted < b.wasted ? 1 : 0));
}

/** Runs of calls without a pause of a whole window, each in order of time. */
function episodes(calls: readonly LoopCall[], pauseMs: number): LoopCall[][] {
  const found: LoopCall[][] = [];
  for (const call of calls.toSorted((a, b) => a.startedAtMs - b.startedAtMs)) {
    const current = found.at(-1);
    const last = current?.at(-1);
    if (current && last && call.startedAtMs - last.startedAtMs <= pauseMs) current.push(call);
    else found.push([call]);
  }
  return found;
}

function isLoop(episode: readonly LoopCall[], { calls, withinMs }: LoopLimits): boolean {
  return episode.some((first, index) => {
    const last = episode[index + calls - 1];
    return last !== undefined && last.startedAtMs - first.startedAtMs <= withinMs;
  });
}

function toLoop(episode: readonly LoopCall[]): RunawayLoop {
  const [first, ...repeats] = episode;
  if (first === undefined) throw new Error("a loop has calls");
  return {
    tool: first.tool,
    argumentsHash: first.argumentsHash,
    calls: episode.length,
    firstAtMs: first.startedAtMs,
    lastAtMs: repeats.at(-1)?.startedAtMs ?? first.startedAtMs,
    wasted: sumUsd(repeats.map(({ cost }) => cost)),
  };
}
