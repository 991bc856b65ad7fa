import type { Tx } from "#lib/db/client.ts";
import { parseUsd, type Usd } from "#lib/money/money.ts";
import type { ExplainedGroup } from "./explain-group.ts";
import { isApart, isTogether, isWithin } from "./group-sightings.ts";
import type { AnomalyScope, Sighting } from "./sighting.ts";
import type { Meets } from "./used-together.ts";

/** What is over for so long is no longer what a new sighting belongs to. */
const REMEMBERED_MS = 4 * 86_400_000;

/** A stored anomaly that a new look may be of. */
export type KnownAnomaly = {
  readonly id: string;
  readonly kind: Sighting["kind"];
  readonly state: "open" | "acknowledged" | "expected" | "resolved";
  readonly source: Sighting["source"];
  readonly direction: bigint;
  readonly scope: AnomalyScope;
  readonly keys: readonly string[];
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly impact: string;
  readonly announced_at: Date | null;
  readonly resolved_because: string | null;
};

/** The anomaly that a group is more of; undefined when it is a new one. */
export async function findKnown(
  tx: Tx,
  group: ExplainedGroup,
  now: number,
  meets: Meets,
): Promise<KnownAnomaly | undefined> {
  const rows = await tx<KnownAnomaly[]>`
    select id, kind, state, source, direction, scope, keys, starts_at, ends_at, announced_at,
           impact, resolved_because
      from anomaly
     where ends_at >= ${new Date(now - REMEMBERED_MS)} and direction = ${group.head.direction}
     order by state = 'resolved', ends_at desc limit 1000`;
  // An agent's own anomaly, before hours that it may have been part of; of several the largest.
  const [best] = rows
    .filter((row) => isSame(row, group, meets))
    .toSorted(
      (a, b) =>
        Number(b.source === group.head.source) - Number(a.source === group.head.source) ||
        Number(a.state === "resolved") - Number(b.state === "resolved") ||
        Number(sizeOf(parseUsd(b.impact)) - sizeOf(parseUsd(a.impact))),
    );
  return best;
}

function isSame(known: KnownAnomaly, group: ExplainedGroup, meets: Meets): boolean {
  const span = { startsAt: known.starts_at.getTime(), endsAt: known.ends_at.getTime() };
  if (!isTogether(span, group)) return false;
  if (isApart(known.kind, group.head.kind)) return false;
  const sharesKey = group.keys.some((key) => key !== "all" && known.keys.includes(key));
  const isWhole = known.keys.includes("all") || group.keys.includes("all");
  if (group.head.source === "agent" && known.source !== "agent" && !isProof(group, known)) {
    return false;
  }
  // What an agent did is not all that happened: others' oddities are not added to it.
  const isProven = known.source === "agent" || group.head.source === "agent";
  if (known.source === "agent" && !isOfSame(group.scope, known.scope)) return false;
  return meets(known.scope, group.scope) && (sharesKey || (isWhole && !isProven));
}

/** Whether what an agent is proven to have done is what hours or days have told of: most of it, in its time, not on a day before. */
function isProof({ startsAt, endsAt, impact }: ExplainedGroup, known: KnownAnomaly): boolean {
  const overlaps = known.ends_at.getTime() > startsAt && known.starts_at.getTime() < endsAt;
  return overlaps && 2n * sizeOf(impact) >= sizeOf(parseUsd(known.impact));
}

/** Whether a group names who an agent's anomaly is about: what a whole team or organisation did is more. */
function isOfSame(scope: AnomalyScope, known: AnomalyScope): boolean {
  const who = (["agent", "team", "model"] as const).find((name) => known[name] !== undefined);
  return who === undefined || scope[who] === known[who];
}

/**
 * Whether a new look says more than what is stored: what an agent proved is not
 * overwritten by sums of hours, nor by less; of days and hours those tell that
 * reach further.
 */
export function isTelling(known: KnownAnomaly, group: ExplainedGroup): boolean {
  const { head, impact, endsAt } = group;
  if (isWider(group, known)) return false;
  if (known.source !== "agent") {
    return (
      head.source === "agent" || head.source === known.source || endsAt >= known.ends_at.getTime()
    );
  }
  return head.source === "agent" && sizeOf(impact) >= sizeOf(parseUsd(known.impact));
}

/** A wide view of what is told more narrowly, and is nearly all of it, says less. */
function isWider({ scope, impact }: ExplainedGroup, known: KnownAnomaly): boolean {
  const isNarrower = Object.keys(known.scope).length > Object.keys(scope).length;
  if (!isNarrower || !isWithin(known.scope, scope)) return false;
  return 4n * sizeOf(parseUsd(known.impact)) >= 3n * sizeOf(impact);
}

function sizeOf(amount: Usd): bigint {
  return amount < 0n ? -amount : amount;
}
