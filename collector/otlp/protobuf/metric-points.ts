/**
 * opentelemetry/proto/metrics/v1/metrics.proto, the data points
 *
 * all                            start_time_unix_nano 2 fixed64 · time_unix_nano 3 fixed64
 * NumberDataPoint                as_double 4 · exemplars 5 · as_int 6 sfixed64 · attributes 7 · flags 8
 * SummaryDataPoint               count 4 fixed64 · sum 5 double · quantile_values 6 · attributes 7 · flags 8
 * HistogramDataPoint             count 4 fixed64 · sum 5 double · bucket_counts 6 · explicit_bounds 7 ·
 *                                exemplars 8 · attributes 9 · flags 10 · min 11 · max 12
 * ExponentialHistogramDataPoint  attributes 1 · count 4 fixed64 · sum 5 double · scale 6 · zero_count 7 ·
 *                                positive 8 · negative 9 · flags 10 · exemplars 11 · min 12 · max 13 · …
 *
 * Buckets, packed or not, are skipped: the sum and the count are what can be charged.
 */

import { ITEM_COST } from "../decode-limits.ts";
import type { Attributes, AttributeValue, MetricPoint } from "../model.ts";
import { readKeyValue } from "./any-value.ts";
import type { Draft, Origin } from "./envelope.ts";
import type { OtlpReader } from "./otlp-reader.ts";

export type MetricOfPoint = {
  readonly origin: Origin;
  readonly name: string;
  readonly unit: string;
  readonly type: MetricPoint["type"];
  readonly temporality: number;
  readonly monotonic: boolean;
};

type Layout = {
  readonly isNumber: boolean;
  readonly attributesTag: number;
  readonly flagsTag: number;
};

const NUMBER: Layout = { isNumber: true, attributesTag: 58, flagsTag: 64 };
const LAYOUTS: Record<MetricPoint["type"], Layout> = {
  gauge: NUMBER,
  sum: NUMBER,
  summary: { isNumber: false, attributesTag: 58, flagsTag: 64 },
  histogram: { isNumber: false, attributesTag: 74, flagsTag: 80 },
  exponential_histogram: { isNumber: false, attributesTag: 10, flagsTag: 80 },
};

const NO_RECORDED_VALUE = 1;

/** Reads the data point at the reader, length included. */
export function readPoint(
  reader: OtlpReader,
  parentEnd: number,
  metric: MetricOfPoint,
): MetricPoint {
  const end = reader.enter(parentEnd);
  reader.budget.spend(ITEM_COST);
  const layout = LAYOUTS[metric.type];
  const attributes = new Map<string, AttributeValue>();
  const point = emptyPoint(metric, attributes);
  let flags = 0;
  while (reader.pos < end) {
    const tag = reader.nextTag();
    if (tag === layout.attributesTag) readKeyValue(reader, end, 1, attributes);
    else if (tag === layout.flagsTag) flags = reader.uint32();
    else if (tag === 17) point.startNanos = reader.nanos();
    else if (tag === 25) point.timeNanos = reader.nanos();
    else if (layout.isNumber) readNumber(reader, tag, point);
    else readTotal(reader, tag, point);
  }
  reader.finish(end);
  if ((flags & NO_RECORDED_VALUE) !== 0) point.value = null;
  return point;
}

function readNumber(reader: OtlpReader, tag: number, point: Draft<MetricPoint>): void {
  if (tag === 33) point.value = reader.double();
  else if (tag === 49) point.value = reader.wholeNumberFixed();
  else reader.skipField(tag);
}

function readTotal(reader: OtlpReader, tag: number, point: Draft<MetricPoint>): void {
  if (tag === 33) point.count = reader.count();
  else if (tag === 41) point.value = reader.double();
  else reader.skipField(tag);
}

function emptyPoint(metric: MetricOfPoint, attributes: Attributes): Draft<MetricPoint> {
  return {
    resource: metric.origin.resource,
    scope: metric.origin.scope,
    position: metric.origin.position,
    metric: metric.name,
    unit: metric.unit,
    type: metric.type,
    temporality: metric.temporality,
    monotonic: metric.monotonic,
    attributes,
    startNanos: 0n,
    timeNanos: 0n,
    value: null,
    count: LAYOUTS[metric.type].isNumber ? 1 : 0,
  };
}
