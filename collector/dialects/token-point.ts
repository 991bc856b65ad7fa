import type { TokenClass } from "#lib/usage/tokens.ts";
import { NO_TOKENS } from "#lib/usage/tokens.ts";
import type { DialectName } from "#lib/usage/usage-event.ts";
import type { MetricPoint } from "../otlp/model.ts";
import { countOf } from "./attributes.ts";
import type { Reading } from "./dialect.ts";
import { type Given, pointEvent } from "./item-event.ts";

/**
 * A point of a metric that counts tokens: its value in each of `classes` (more
 * than one where a class is part of another, as reasoning is of the output).
 * Null for a point without a value, and for a difference of nothing.
 */
export function tokenPoint(
  dialect: DialectName,
  point: MetricPoint,
  classes: readonly TokenClass[],
  given: Partial<Given>,
): Reading | null {
  const value = countOf(point.value);
  if (value === null || (value === 0 && point.temporality === 1)) return null;
  if (value === "invalid") {
    return { events: [], rejection: "the token count of a metric point is not a whole number" };
  }
  const counted = Object.fromEntries(classes.map((name) => [name, value]));
  const event = pointEvent(dialect, point, {
    kind: "model_call",
    operation: "chat",
    tokens: { ...NO_TOKENS, ...counted },
    ...given,
  });
  return { events: [event] };
}
