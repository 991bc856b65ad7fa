import { TOKEN_CLASSES, type Tokens } from "#lib/usage/tokens.ts";
import type { Witnessed } from "./witnessed.ts";

/**
 * The increase that each cumulative point of one stream and start time brings
 * over the point before it (OpenTelemetry metrics data model, Resets and Gaps).
 *
 * A fallen value is a reset: the new value counts whole. The first point counts
 * whole too, unless its start is unknown (none, or equal to its time). The
 * points may be any part of the stream, as long as each comes with the one
 * before it.
 */
export function increases(points: readonly Witnessed[]): Map<string, Tokens> {
  const inOrder = [...points].sort((a, b) => endOf(a) - endOf(b) || (a.id < b.id ? -1 : 1));
  const result = new Map<string, Tokens>();
  let before: Witnessed | null = null;
  for (const point of inOrder) {
    const now = point.event.tokens;
    if (now !== null)
      result.set(point.id, before === null ? firstIncrease(point, now) : difference(now, before));
    before = point;
  }
  return result;
}

function endOf({ event }: Witnessed): number {
  return event.series?.endMs ?? event.startedAtMs;
}

function firstIncrease({ event }: Witnessed, value: Tokens): Tokens {
  const start = event.series?.startMs ?? 0;
  return start === 0 || start === event.series?.endMs ? mapTokens(value, () => 0) : value;
}

function difference(value: Tokens, { event: before }: Witnessed): Tokens {
  const earlier = before.tokens;
  return mapTokens(value, (now, tokenClass) => {
    const then = earlier?.[tokenClass] ?? 0;
    return now >= then ? now - then : now;
  });
}

function mapTokens(
  tokens: Tokens,
  change: (count: number, tokenClass: keyof Tokens) => number,
): Tokens {
  return Object.fromEntries(
    TOKEN_CLASSES.map((tokenClass) => [tokenClass, change(tokens[tokenClass], tokenClass)]),
  ) as Tokens;
}
