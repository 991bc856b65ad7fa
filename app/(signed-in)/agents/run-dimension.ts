import type { RunDimension } from "#lib/reports/agent-runs.ts";

/** `of=workflow` shows workflows; agents need no words. */
export function readRunDimension(text: string | undefined): RunDimension {
  return text === "workflow" ? "workflow" : "agent";
}

/** The same, for a link. */
export function ofPairs(by: RunDimension): [string, string][] {
  return by === "agent" ? [] : [["of", by]];
}
