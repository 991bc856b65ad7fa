import type { LogRecord, MetricPoint, Span } from "./model.ts";

export type OtlpSignal = "traces" | "logs" | "metrics";

/** How a request's body is written, and so how its answer must be. */
export type Encoding = "protobuf" | "json";

/** One request, decoded. Rejected items are left out of `items` and told to the sender. */
export type Decoded<Item> = {
  readonly items: readonly Item[];
  readonly rejected: number;
  /** Why the first was rejected, and where it stands; empty when none was. */
  readonly reason: string;
};

export type DecodedExport =
  | (Decoded<Span> & { readonly signal: "traces" })
  | (Decoded<LogRecord> & { readonly signal: "logs" })
  | (Decoded<MetricPoint> & { readonly signal: "metrics" });
