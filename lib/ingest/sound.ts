import { boundedName } from "#lib/ledger/dimension-set.ts";
import { storable } from "#lib/ledger/storable-json.ts";
import type { Identity, TraceNode, UsageEvent } from "#lib/usage/usage-event.ts";
import { isSoundTime } from "./sound-time.ts";

/**
 * An event as the ledger can keep it: its strings storable, the names by which
 * other items are found of bounded length. Done before anything is hashed or
 * looked up, so that an item says the same before and after it is stored.
 */
export function soundEvent(told: UsageEvent): UsageEvent {
  const event = storable(told);
  const service = boundedName(event.service) ?? "";
  const tool = boundedName(event.tool);
  const identityOf = soundIdentity(event.identityOf);
  const isSound =
    service === event.service && tool === event.tool && identityOf === event.identityOf;
  return isSound ? event : { ...event, service, tool, identityOf };
}

/** A span that is no usage, as the ledger can keep it; one with a wrong clock stands at its time of receipt. */
export function soundNode(told: TraceNode, receivedAtMs: number): TraceNode {
  const node = storable(told);
  const identityOf = soundIdentity(node.identityOf);
  const isSound = isSoundTime(node.startedAtMs, receivedAtMs);
  if (isSound && identityOf === node.identityOf) return node;
  return { ...node, identityOf, startedAtMs: isSound ? node.startedAtMs : receivedAtMs };
}

function soundIdentity(identity: Identity): Identity {
  for (const name of Object.values(identity)) {
    if (boundedName(name) !== name) return bounded(identity);
  }
  return identity;
}

function bounded(identity: Identity): Identity {
  return Object.fromEntries(
    Object.entries(identity).flatMap(([key, name]) => {
      const sound = boundedName(name);
      return sound === null ? [] : [[key, sound]];
    }),
  );
}
