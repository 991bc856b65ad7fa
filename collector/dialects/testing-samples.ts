import { readFileSync } from "node:fs";
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
