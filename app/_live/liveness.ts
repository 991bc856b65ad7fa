/** The server says something at least every 15 s; this much later it has gone silent. */
export const MOST_SILENT_MS = 25_000;

/** `live`: told of each change; `polling`: asks now and then; `silent`: nobody answers. */
export type Liveness = "live" | "polling" | "silent";

/** What a page may claim of its figures, by when it last heard from the server. */
export function livenessOf({
  isOpen,
  isOnline,
  silentMs,
}: {
  readonly isOpen: boolean;
  readonly isOnline: boolean;
  readonly silentMs: number;
}): Liveness {
  // A server on this very machine is heard without a network.
  if (silentMs > MOST_SILENT_MS || !(isOpen || isOnline)) return "silent";
  return isOpen ? "live" : "polling";
}
