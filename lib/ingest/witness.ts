import { eventIdOf } from "#lib/ledger/event-id.ts";
import { hash64 } from "#lib/ledger/hash.ts";
import type { LedgerItem } from "#lib/ledger/ledger-row.ts";
import { callKeysOf, lookupKeysOf, twinKeysOf } from "#lib/ledger/link-keys.ts";
import type { UsageEvent, UsageFlag } from "#lib/usage/usage-event.ts";
import type { Arrival } from "./batch.ts";
import { soundEvent } from "./sound.ts";
import { isSoundTime } from "./sound-time.ts";

/**
 * An arrival as an item of the ledger: with its id and the hashes by which
 * other items of the same call are found. An item whose clock is impossibly
 * off is filed at its time of receipt and flagged; since a re-delivery of it
 * gets another time, and so another id, it is found by its identity instead.
 */
export function witness(arrival: Arrival, receivedAtMs: number): LedgerItem {
  const { keyId } = arrival;
  const told = soundEvent(arrival.event);
  const event = withSoundTime(told, receivedAtMs);
  const id = eventIdOf(event.identity, event.startedAtMs);
  const callKeys = callKeysOf(event, receivedAtMs);
  return {
    id,
    event,
    callKeys,
    lookupKeys: lookupKeysOf(event, callKeys),
    twinKeys: twinKeysOf(event, callKeys),
    streamKey:
      event.series === null
        ? null
        : hash64("stream", event.series.stream, `${event.series.startMs}`),
    startedAtMs: event.startedAtMs,
    receivedAtMs,
    keyId,
    filing: null,
  };
}

function withSoundTime(event: UsageEvent, receivedAtMs: number): UsageEvent {
  if (event.signal === "import" || isSoundTime(event.startedAtMs, receivedAtMs)) return event;
  const flags: readonly UsageFlag[] = [...event.flags, "clock_skew"];
  return { ...event, startedAtMs: receivedAtMs, flags };
}
