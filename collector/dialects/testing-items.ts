import type { Attributes, AttributeValue, LogRecord, MetricPoint, Span } from "../otlp/model.ts";

type Values = Readonly<Record<string, AttributeValue>>;

/** A span for tests: what is not given is what an SDK would send by default. */
export function aSpan(
  given: Partial<Omit<Span, "attributes">> & { scopeName?: string },
  attributes: Values,
): Span {
  return {
    ...origin(given.scopeName ?? "app"),
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    parentSpanId: "",
    name: "span",
    kind: 1,
    startNanos: 1_795_165_200_000_000_000n,
    endNanos: 1_795_165_201_500_000_000n,
    events: [],
    statusCode: 0,
    statusMessage: "",
    ...given,
    attributes: of(attributes),
  };
}

/** A log record for tests. */
export function aRecord(given: Partial<LogRecord>, attributes: Values): LogRecord {
  return {
    ...origin("app"),
    timeNanos: 1_795_165_200_000_000_000n,
    observedNanos: 0n,
    eventName: "",
    body: null,
    traceId: "",
    spanId: "",
    ...given,
    attributes: of(attributes),
  };
}

/** A cumulative counter's point for tests. */
export function aPoint(given: Partial<MetricPoint>, attributes: Values): MetricPoint {
  return {
    ...origin("app"),
    metric: "gen_ai.client.token.usage",
    unit: "{token}",
    type: "sum",
    temporality: 2,
    monotonic: true,
    startNanos: 1_795_165_200_000_000_000n,
    timeNanos: 1_795_165_260_000_000_000n,
    value: 0,
    count: 1,
    ...given,
    attributes: of(attributes),
  };
}

function origin(scopeName: string): Pick<Span, "resource" | "scope" | "position"> {
  return {
    resource: { attributes: of({ "service.name": "bot" }), schemaUrl: "" },
    scope: { name: scopeName, version: "", attributes: new Map(), schemaUrl: "" },
    position: [0, 0, 0],
  };
}

function of(values: Values): Attributes {
  return new Map(Object.entries(values));
}
