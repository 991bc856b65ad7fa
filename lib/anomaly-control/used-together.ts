import type { SqlClient } from "#lib/db/client.ts";
import type { AnomalyScope } from "./sighting.ts";

/** Whether two scopes may be about the same usage. */
export type Meets = (a: AnomalyScope, b: AnomalyScope) => boolean;

const NAMES = ["team", "model", "agent"] as const;

/** Whether what is said of both may be one thing: no value of theirs differs. */
export const isAbout: Meets = (a, b) =>
  NAMES.every((name) => a[name] === undefined || b[name] === undefined || a[name] === b[name]);

/**
 * The same, and what the two name together has been used together: an agent and
 * a team that it never worked for have nothing in common, although no value of
 * theirs differs.
 *
 * @param scopes Of each two that are asked about, one at least.
 */
export async function readMeets(sql: SqlClient, scopes: readonly AnomalyScope[]): Promise<Meets> {
  const named = (name: (typeof NAMES)[number]) => [
    ...new Set(scopes.flatMap((scope) => scope[name] ?? [])),
  ];
  const used = await sql<Readonly<Record<(typeof NAMES)[number], string | null>>[]>`
    select distinct team, model, agent from dimension_set
     where team = any(${named("team")}::text[]) or model = any(${named("model")}::text[])
        or agent = any(${named("agent")}::text[])`;
  const pairs = new Set(used.flatMap((each) => pairsOf(each)));
  return (a, b) => isAbout(a, b) && pairsOf({ ...a, ...b }).every((pair) => pairs.has(pair));
}

function pairsOf(scope: Readonly<Partial<Record<(typeof NAMES)[number], string | null>>>) {
  const said = NAMES.flatMap((name) => (scope[name] == null ? [] : [[name, scope[name]]]));
  return said.flatMap((one, at) => said.slice(at + 1).map((other) => JSON.stringify([one, other])));
}
