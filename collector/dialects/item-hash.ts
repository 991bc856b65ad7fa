import { createHash } from "node:crypto";
import type { AttributeValue, MetricPoint } from "../otlp/model.ts";

/** A hash of texts, for identities; 32 hex digits. */
export function hash(...parts: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** The stream of a point: resource, scope, metric, unit, type and attributes, without times. */
export function streamOf(point: MetricPoint): string {
  return hash(
    canonical(point.resource.attributes),
    point.scope.name,
    point.scope.version,
    canonical(point.scope.attributes),
    point.metric,
    point.unit,
    point.type,
    canonical(point.attributes),
  );
}

/** Equal for equal values, whatever the order of keys. */
export function canonical(value: AttributeValue): string {
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString("base64");
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (value instanceof Map) {
    const keys = [...value.keys()].sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value.get(key))}`).join()}}`;
  }
  return typeof value === "bigint" ? `${value}` : (JSON.stringify(value) ?? "null");
}
