import { readFileSync } from "node:fs";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { decodeExport } from "../otlp/decode.ts";
import type { DecodedExport, OtlpSignal } from "../otlp/decoded.ts";
import type { Normalised } from "./dialect.ts";
import { normaliseLogs, normalisePoints, normaliseSpans } from "./normalise.ts";

const DATA = new URL("../testdata/", import.meta.url);

/** One call as a fixture's expected.json tells it (testdata/README.md). */
export type ExpectedCall = {
  readonly source: {
    readonly span_id?: string;
    readonly event_index?: number;
    readonly record_index?: number;
  };
  readonly [key: string]: unknown;
};

export type Expected = {
  readonly model_calls: readonly ExpectedCall[];
  readonly tool_calls: readonly ExpectedCall[];
  readonly not_priced: readonly ExpectedCall[];
  readonly usage_rows?: readonly Readonly<Record<string, unknown>>[];
  readonly session_ids: readonly string[];
  readonly user_ids: readonly string[];
  readonly team: Readonly<Record<string, string>>;
};

/** A hand-written payload and what must be made of it, for example "codex.logs". */
export function fixture(name: string): { sent: DecodedExport; expected: Expected } {
  const signal = (name.split(".").at(-1) ?? "") as OtlpSignal;
  const sent = decodeExport(signal, "json", bytesOf(`fixtures/${name}.json`));
  return { sent, expected: jsonOf(`fixtures/${name}.expected.json`) };
}

export type ModelSums = {
  readonly calls: number;
  readonly input_uncached: number;
  readonly cache_read: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
  readonly output_total: number;
  readonly reasoning: number;
  readonly tool_use_prompt: number;
};

/** What a real program sent, normalised request by request, and the sums of what it called. */
export function capture(name: string): {
  events: readonly UsageEvent[];
  nodes: Normalised["nodes"];
  byModel: Readonly<Record<string, ModelSums>>;
} {
  const manifest: readonly { file: string; signal: OtlpSignal }[] = jsonOf(
    `captures/${name}/manifest.json`,
  );
  const read = manifest.map(({ file, signal }) => {
    const encoding = file.endsWith(".json") ? "json" : "protobuf";
    return normalise(decodeExport(signal, encoding, bytesOf(`captures/${name}/${file}`)));
  });
  const { byModel } = jsonOf<{ byModel: Record<string, ModelSums> }>(
    `captures/${name}/expected.json`,
  );
  return {
    events: read.flatMap(({ events }) => events),
    nodes: read.flatMap(({ nodes }) => nodes),
    byModel,
  };
}

/** All of an export, or only its item at `index`. */
export function normalise(sent: DecodedExport, index?: number): Normalised {
  const chosen = <Item>(items: readonly Item[]) =>
    index === undefined ? items : items.slice(index, index + 1);
  switch (sent.signal) {
    case "traces":
      return normaliseSpans(chosen(sent.items));
    case "logs":
      return normaliseLogs(chosen(sent.items));
    case "metrics":
      return normalisePoints(chosen(sent.items));
  }
}

function jsonOf<Shape>(path: string): Shape {
  return JSON.parse(bytesOf(path).toString("utf8"));
}

function bytesOf(path: string): Buffer {
  return readFileSync(new URL(path, DATA));
}
