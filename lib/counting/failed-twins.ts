import { totalTokens } from "#lib/usage/tokens.ts";
import type { Witnessed } from "./witnessed.ts";

type Twins = readonly [Witnessed, Witnessed];

/**
 * Failed calls that two instrumentations of one program tell of side by side.
 * A call that failed has no response to be named by, and no tokens to be known
 * by. Within one trace, two are taken for one when they run at the same time,
 * come from different scopes and agree on model and error as far as they name
 * them. Each is paired once, the nearest in time first.
 *
 * @param isAlone Whether nothing else tells of the call yet.
 */
export function failedTwins(
  items: readonly Witnessed[],
  isAlone: (item: Witnessed) => boolean,
): Twins[] {
  const failed = items.filter((item) => isNamelessFailure(item) && isAlone(item));
  return [...Map.groupBy(failed, ({ event }) => event.traceId).values()].flatMap(pairUp);
}

function isNamelessFailure({ event }: Witnessed): boolean {
  return (
    event.kind === "model_call" &&
    event.signal === "span" &&
    event.status === "error" &&
    event.traceId !== null &&
    event.responseIds.length === 0 &&
    scopeOf(event) !== "" &&
    (event.tokens === null || totalTokens(event.tokens) === 0)
  );
}

function pairUp(ofTrace: readonly Witnessed[]): Twins[] {
  const inOrder = [...ofTrace].sort((a, b) => a.event.startedAtMs - b.event.startedAtMs);
  const candidates = inOrder
    .flatMap((one, i) => meeting(one, inOrder, i).map((other): Twins => [one, other]))
    .sort((a, b) => apart(a) - apart(b) || (keyOf(a) < keyOf(b) ? -1 : 1));
  const taken = new Set<string>();
  return candidates.filter(([one, other]) => {
    if (taken.has(one.id) || taken.has(other.id)) return false;
    taken.add(one.id).add(other.id);
    return true;
  });
}

/** The calls that start while this one runs and may be the same. */
function meeting(one: Witnessed, inOrder: readonly Witnessed[], at: number): Witnessed[] {
  const end = one.event.startedAtMs + (one.event.durationMs ?? 0);
  const found: Witnessed[] = [];
  for (const other of inOrder.slice(at + 1, at + 1 + MOST_AT_ONCE)) {
    if (other.event.startedAtMs > end) break;
    if (agree(one.event, other.event)) found.push(other);
  }
  return found;
}

/** Of more calls that run at once nobody could say which is which. */
const MOST_AT_ONCE = 64;

type Event = Witnessed["event"];

function agree(a: Event, b: Event): boolean {
  if (scopeOf(a) === scopeOf(b)) return false;
  const models = [a.model, b.model].filter((model) => model !== null);
  const errors = [errorOf(a), errorOf(b)].filter((error) => error !== null);
  return new Set(models).size <= 1 && new Set(errors).size <= 1;
}

/** `openai.RateLimitError` and `RateLimitError` are one; `_OTHER` names none. */
function errorOf({ errorType }: Event): string | null {
  if (errorType === null || errorType === "_OTHER") return null;
  return errorType.slice(errorType.lastIndexOf(".") + 1).toLowerCase();
}

function scopeOf({ attributes }: Event): string {
  return attributes["otel.scope.name"] ?? "";
}

function apart([one, other]: Twins): number {
  const endOf = ({ event }: Witnessed) => event.startedAtMs + (event.durationMs ?? 0);
  const starts = Math.abs(one.event.startedAtMs - other.event.startedAtMs);
  return starts + Math.abs(endOf(one) - endOf(other));
}

function keyOf([one, other]: Twins): string {
  return one.id < other.id ? `${one.id} ${other.id}` : `${other.id} ${one.id}`;
}
