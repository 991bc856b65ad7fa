import { ITEM_COST } from "../decode-limits.ts";
import type { Decoded } from "../decoded.ts";
import type { MetricPoint } from "../model.ts";
import { readAttributes } from "./any-value.ts";
import { decodeJson, type JsonItemContext } from "./envelope.ts";
import {
  booleanOf,
  doubleOf,
  enumOf,
  type JsonObject,
  listOf,
  nanosOf,
  objectOf,
  optionalObject,
  textOf,
  wholeNumberOf,
} from "./fields.ts";

const NAMES = { resources: "resourceMetrics", scopes: "scopeMetrics", items: "metrics" };

const FIELD_OF_TYPE = [
  ["gauge", "gauge"],
  ["sum", "sum"],
  ["histogram", "histogram"],
  ["exponentialHistogram", "exponential_histogram"],
  ["summary", "summary"],
] as const;

const TEMPORALITIES = new Map([
  ["AGGREGATION_TEMPORALITY_DELTA", 1],
  ["AGGREGATION_TEMPORALITY_CUMULATIVE", 2],
]);

const NO_RECORDED_VALUE = 1n;

/** Decodes an ExportMetricsServiceRequest in JSON into its data points. */
export function decodeMetricsJson(bytes: Uint8Array): Decoded<MetricPoint> {
  return decodeJson(bytes, NAMES, readMetric);
}

function readMetric(json: JsonObject, context: JsonItemContext): MetricPoint[] {
  const metric = textOf(json.name, "name");
  const unit = textOf(json.unit, "unit");
  return FIELD_OF_TYPE.flatMap(([field, type]) => {
    const data = optionalObject(json[field], field);
    const described = {
      metric,
      unit,
      type,
      temporality: enumOf(data.aggregationTemporality, TEMPORALITIES, "aggregationTemporality"),
      monotonic: booleanOf(data.isMonotonic, "isMonotonic"),
    };
    const points = listOf(data.dataPoints, "dataPoints");
    return points.map((point) => readPoint(objectOf(point, "data point"), described, context));
  });
}

function readPoint(
  json: JsonObject,
  described: Pick<MetricPoint, "metric" | "unit" | "type" | "temporality" | "monotonic">,
  { origin, budget }: JsonItemContext,
): MetricPoint {
  budget.spend(ITEM_COST);
  const isNumber = described.type === "gauge" || described.type === "sum";
  const flags = nanosOf(json.flags, "flags");
  const hasValue = (flags & NO_RECORDED_VALUE) === 0n;
  return {
    ...origin,
    ...described,
    attributes: readAttributes(json.attributes, budget),
    startNanos: nanosOf(json.startTimeUnixNano, "startTimeUnixNano"),
    timeNanos: nanosOf(json.timeUnixNano, "timeUnixNano"),
    value: hasValue ? (isNumber ? numberValue(json) : sumValue(json)) : null,
    count: isNumber ? 1 : Number(wholeNumberOf(json.count, "count")),
  };
}

function numberValue(json: JsonObject): number | bigint | null {
  if (json.asInt !== undefined && json.asInt !== null) {
    return wholeNumberOf(json.asInt, "asInt");
  }
  return optionalDouble(json.asDouble, "asDouble");
}

function sumValue(json: JsonObject): number | null {
  return optionalDouble(json.sum, "sum");
}

function optionalDouble(value: unknown, what: string): number | null {
  return value === undefined || value === null ? null : doubleOf(value, what);
}
