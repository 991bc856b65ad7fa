import type { OtlpSignal } from "./decoded.ts";

export type Transport = "http" | "grpc";

/** An export by numbers; `items` is all of them, `bytes` of the decompressed body. */
type Received = {
  readonly signal: OtlpSignal;
  readonly items: number;
  readonly bytes: number;
};

/** Counts what came in, for `GET /metrics`. */
export type ReceiverMetrics = {
  readonly answered: (transport: Transport, signal: OtlpSignal, code: string) => void;
  readonly stored: (batch: Received, rejected: number) => void;
  /** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
  readonly toPrometheus: (bytesInFlight: number) => string;
};

export function countReceived(): ReceiverMetrics {
  const requests = new Map<string, number>();
  const items = new Map<string, number>();
  const bytes = new Map<string, number>();
  return {
    answered: (transport, signal, code) =>
      add(requests, `transport="${transport}",signal="${signal}",code="${code}"`, 1),
    stored: (batch, rejected) => {
      add(items, `signal="${batch.signal}",outcome="rejected"`, rejected);
      add(items, `signal="${batch.signal}",outcome="accepted"`, batch.items - rejected);
      add(bytes, `signal="${batch.signal}"`, batch.bytes);
    },
    toPrometheus: (inFlight) =>
      [
        ...counter("outlay_otlp_requests_total", "Answered export requests.", requests),
        ...counter("outlay_otlp_items_total", "Spans, log records and data points.", items),
        ...counter("outlay_otlp_body_bytes_total", "Bytes of decompressed bodies.", bytes),
        "# HELP outlay_otlp_bytes_in_flight Bytes of bodies held now.",
        "# TYPE outlay_otlp_bytes_in_flight gauge",
        `outlay_otlp_bytes_in_flight ${inFlight}`,
        "# HELP outlay_collector_processes Processes that serve on these ports.",
        "# TYPE outlay_collector_processes gauge",
        "outlay_collector_processes 1",
        "",
      ].join("\n"),
  };
}

function add(counts: Map<string, number>, labels: string, amount: number): void {
  counts.set(labels, (counts.get(labels) ?? 0) + amount);
}

function counter(name: string, help: string, counts: ReadonlyMap<string, number>): string[] {
  const samples = [...counts].map(([labels, count]) => `${name}{${labels}} ${count}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} counter`, ...samples];
}
