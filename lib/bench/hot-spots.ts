import { readFile } from "node:fs/promises";

export type HotSpot = {
  readonly name: string;
  /** In the function itself, and with all that it called; milliseconds. */
  readonly selfMs: number;
  readonly totalMs: number;
};

export type HotSpots = {
  /** All time that was not idle. */
  readonly busyMs: number;
  readonly bySelf: readonly HotSpot[];
  readonly byTotal: readonly HotSpot[];
};

type Node = {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
  };
  readonly children?: readonly number[];
};

type Profile = {
  readonly nodes: readonly Node[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
};

/** The functions of a V8 processor profile (`node --cpu-prof`) that took most time. */
export async function hotSpots(file: string, count: number): Promise<HotSpots> {
  const profile = JSON.parse(await readFile(file, "utf8")) as Profile;
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const ownMs = new Map<number, number>();
  profile.samples.forEach((id, i) => {
    ownMs.set(id, (ownMs.get(id) ?? 0) + (profile.timeDeltas[i] ?? 0) / 1_000);
  });
  const spots = new Map<string, { name: string; selfMs: number; totalMs: number }>();
  /** @param above names of the callers: a recursive call's time is its caller's already. */
  const visit = (node: Node, above: ReadonlySet<string>): number => {
    const name = nameOf(node);
    const selfMs = name === "(idle)" ? 0 : (ownMs.get(node.id) ?? 0);
    const within = new Set(above).add(name);
    let totalMs = selfMs;
    for (const child of node.children ?? []) {
      const called = nodes.get(child);
      if (called !== undefined) totalMs += visit(called, within);
    }
    const spot = spots.get(name) ?? { name, selfMs: 0, totalMs: 0 };
    spot.selfMs += selfMs;
    if (!above.has(name)) spot.totalMs += totalMs;
    spots.set(name, spot);
    return totalMs;
  };
  const [root] = profile.nodes;
  const busyMs = root === undefined ? 0 : visit(root, new Set());
  const all = [...spots.values()];
  return {
    busyMs,
    bySelf: all.toSorted((a, b) => b.selfMs - a.selfMs).slice(0, count),
    byTotal: all
      .filter(({ name }) => /^[^(].* (lib|collector)\//.test(name))
      .toSorted((a, b) => b.totalMs - a.totalMs)
      .slice(0, count),
  };
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: Node): string {
  if (url === "") return functionName.startsWith("(") ? functionName : `(${functionName})`;
  const path = url.replace(/^.*\/(?=(node_modules|lib|collector)\/)/, "");
  return `${functionName || "anonymous"} ${path}:${lineNumber + 1}`;
}
