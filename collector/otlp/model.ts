/**
 * OTLP, decoded: the same shapes whether the request was protobuf or JSON.
 * Ids are lower-case hex; an id that is absent or all zero is the empty string.
 * Times are Unix nanoseconds; 0n means absent.
 */

/** Whole numbers beyond 2^53 are bigint, all others number. Key-value lists are maps. */
export type AttributeValue =
  | string
  | number
  | bigint
  | boolean
  | Uint8Array
  | null
  | readonly AttributeValue[]
  | Attributes;

export type Attributes = ReadonlyMap<string, AttributeValue>;

export type Resource = {
  readonly attributes: Attributes;
  readonly schemaUrl: string;
};

export type Scope = {
  readonly name: string;
  readonly version: string;
  readonly attributes: Attributes;
  readonly schemaUrl: string;
};

type Origin = {
  readonly resource: Resource;
  readonly scope: Scope;
  /** Index of resource, scope and item in the request: where an error or a test points. */
  readonly position: readonly [resource: number, scope: number, item: number];
};

export type SpanEvent = {
  readonly name: string;
  readonly timeNanos: bigint;
  readonly attributes: Attributes;
};

export type Span = Origin & {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly startNanos: bigint;
  readonly endNanos: bigint;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  /** 0 unset, 1 ok, 2 error. */
  readonly statusCode: number;
  readonly statusMessage: string;
};

export type LogRecord = Origin & {
  readonly timeNanos: bigint;
  readonly observedNanos: bigint;
  readonly eventName: string;
  readonly body: AttributeValue;
  readonly attributes: Attributes;
  readonly traceId: string;
  readonly spanId: string;
};

/** One data point. Histograms of tokens carry their total in `value` (= sum) and their observations in `count`. */
export type MetricPoint = Origin & {
  readonly metric: string;
  readonly unit: string;
  readonly type: "gauge" | "sum" | "histogram" | "exponential_histogram" | "summary";
  /** 0 unspecified, 1 delta, 2 cumulative. */
  readonly temporality: number;
  readonly monotonic: boolean;
  readonly attributes: Attributes;
  readonly startNanos: bigint;
  readonly timeNanos: bigint;
  /** Null with the flag NO_RECORDED_VALUE or a histogram without a sum. */
  readonly value: number | bigint | null;
  /** Observations of a histogram; 1 for a number point. */
  readonly count: number;
};
