import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { hash64 } from "./hash.ts";
import type { LedgerItem } from "./ledger-row.ts";

/**
 * The hashes of what names a call on several items: response and request ids;
 * for tools the call id within its trace and within its session, since models
 * number their tool calls anew in each conversation.
 */
export function callKeysOf(event: UsageEvent): bigint[] {
  if (event.witness !== "call") return [];
  if (event.kind === "tool_call") {
    if (event.toolCallId === null) return [];
    const keys: bigint[] = [];
    if (event.traceId !== null) keys.push(hash64("tool", "trace", event.traceId, event.toolCallId));
    const { session } = event.identityOf;
    if (session !== undefined) keys.push(hash64("tool", "session", session, event.toolCallId));
    return keys;
  }
  return event.responseIds.slice(0, 2).map((id) => hash64("response", id));
}

/** What must be locked before an item is looked at: writers of one call then wait for each other. */
export function lockKeysOf(item: LedgerItem): bigint[] {
  const keys = [...item.callKeys];
  if (item.event.traceId !== null) keys.push(traceLockKey(item.event.traceId));
  if (item.streamKey !== null) keys.push(item.streamKey);
  if (keys.length === 0) keys.push(hash64("id", item.id));
  return keys;
}

export function traceLockKey(traceId: string): bigint {
  return hash64("trace", traceId);
}
