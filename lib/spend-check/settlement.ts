/** A reservation that waits for its call. */
export type OpenReservation = {
  readonly id: string;
  readonly createdAt: Date;
  readonly team: string | null;
  readonly user: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly key: string | null;
};

/** A call that the ledger has seen. */
export type SeenCall = {
  readonly id: string;
  readonly startedAt: Date;
  /** The reservation that its telemetry names. */
  readonly names: string | null;
  readonly team: string;
  readonly user: string | null;
  readonly agent: string | null;
  readonly model: string | null;
  readonly key: string | null;
};

/** Clocks of callers and of ours differ by so much at most. */
const SKEW_MS = 5_000;

/**
 * Which calls settle which reservations. A call that names its reservation
 * settles that one; any other the oldest that was made before it for the same
 * team, user, agent, model and key, as far as the reservation says. Each settles one.
 */
export function pairSettlements(
  open: readonly OpenReservation[],
  seen: readonly SeenCall[],
): { readonly id: string; readonly by: string }[] {
  const waiting = new Map(
    open
      .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
      .map((each) => [each.id, each]),
  );
  const pairs: { id: string; by: string }[] = [];
  const settle = (id: string, by: string) => {
    waiting.delete(id);
    pairs.push({ id, by });
  };
  for (const { id, names } of seen) if (names !== null && waiting.has(names)) settle(names, id);
  const unnamed = seen.filter(({ names }) => names === null);
  for (const call of unnamed.toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())) {
    const match = waiting.values().find((reservation) => isFor(reservation, call));
    if (match !== undefined) settle(match.id, call.id);
  }
  return pairs;
}

function isFor(reservation: OpenReservation, call: SeenCall): boolean {
  return (
    call.startedAt.getTime() >= reservation.createdAt.getTime() - SKEW_MS &&
    (["team", "user", "agent", "model", "key"] as const).every(
      (name) => reservation[name] === null || reservation[name] === call[name],
    )
  );
}
