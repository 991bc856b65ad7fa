/**
 * opentelemetry/proto/metrics/v1/metrics.proto
 *
 * Metric  name 1 string · description 2 · unit 3 string, and one of gauge 5 · sum 7 · histogram 9 ·
 *         exponential_histogram 10 · summary 11
 * Gauge, Summary                   data_points 1
 * Sum                              data_points 1 · aggregation_temporality 2 varint · is_monotonic 3 varint
 * Histogram, ExponentialHistogram  data_points 1 · aggregation_temporality 2 varint
 */

import type { Decoded } from "../decoded.ts";
import type { MetricPoint } from "../model.ts";
import { type Origin, readEnvelope } from "./envelope.ts";
import { type MetricOfPoint, readPoint } from "./metric-points.ts";
import type { OtlpReader } from "./otlp-reader.ts";

const TYPE_OF_TAG = new Map<number, MetricPoint["type"]>([
  [42, "gauge"],
  [58, "sum"],
  [74, "histogram"],
  [82, "exponential_histogram"],
  [90, "summary"],
]);

/** Decodes an ExportMetricsServiceRequest into its data points. Throws on malformed bytes. */
export function decodeMetrics(bytes: Uint8Array): Decoded<MetricPoint> {
  const items: MetricPoint[] = [];
  readEnvelope(bytes, (reader, end, origin) => readMetric(reader, end, origin, items));
  return { items, rejected: 0, reason: "" };
}

/** The name may follow the data, so the data is read in a second walk. */
function readMetric(
  reader: OtlpReader,
  parentEnd: number,
  origin: Origin,
  points: MetricPoint[],
): void {
  const end = reader.enter(parentEnd);
  const start = reader.pos;
  let name = "";
  let unit = "";
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === 10) name = reader.text();
    else if (tag === 26) unit = reader.text();
    else reader.skipField(tag);
  }
  reader.finish(end);

  reader.pos = start;
  while (reader.pos < end) {
    const tag = reader.nextTag();
    const type = TYPE_OF_TAG.get(tag);
    if (type === undefined) reader.skipField(tag);
    else readData(reader, end, { origin, name, unit, type }, points);
  }
}

function readData(
  reader: OtlpReader,
  parentEnd: number,
  metric: Pick<MetricOfPoint, "origin" | "name" | "unit" | "type">,
  points: MetricPoint[],
): void {
  const end = reader.enter(parentEnd);
  const start = reader.pos;
  let temporality = 0;
  let monotonic = false;
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === 16) temporality = reader.int32();
    else if (tag === 24) monotonic = reader.bool();
    else reader.skipField(tag);
  }
  reader.finish(end);

  const described = { ...metric, temporality, monotonic };
  reader.pos = start;
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === 10) points.push(readPoint(reader, end, described));
    else reader.skipField(tag);
  }
}
