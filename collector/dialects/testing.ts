import { readdirSync, readFileSync } from "node:fs";
import { totalTokens } from "#lib/usage/tokens.ts";
import type { UsageEvent } from "#lib/usage/usage-event.ts";
import { decodeExport } from "../otlp/decode.ts";
import type { DecodedExport, Encoding, OtlpSignal } from "../otlp/decoded.ts";
import type { Normalised } from "./dialect.ts";
import { normaliseLogs, normalisePoints, normaliseSpans } from "./normalise.ts";

const TESTDATA = new URL("../testdata/", import.meta.url);

/** What a fixture's `expected.json` says, as far as single items can be held against it. */
export type Expected = {
  readonly model_calls?: readonly ExpectedCall[];
  readonly tool_calls?: readonly ExpectedTool[];
  readonly usage_rows?: readonly ExpectedCounts[];
  readonly not_priced?: readonly { readonly source?: Source; readonly what: string }[];
  readonly session_ids?: readonly string[];
  readonly user_ids?: readonly string[];
};

type Source = { readonly trace_id?: string; readonly span_id?: string };

export type ExpectedCounts = {
  readonly provider: string;
  readonly model: string;
  readonly input_uncached: number;
  readonly cache_read: number;
  readonly cache_write_5m: number;
  readonly cache_write_1h: number;
  readonly output: number;
  readonly reasoning?: number | null;
  readonly cache_reported?: boolean;
};

export type ExpectedCall = ExpectedCounts & {
  readonly source: Source;
  readonly operation: string;
  readonly ok: boolean;
  readonly aggregate?: boolean;
  readonly usage_missing?: boolean;
  readonly cache_write_ttl: string;
  readonly service_tier?: string;
  readonly request_model?: string;
  readonly response_id?: string;
  readonly error_type?: string;
  readonly reported_cost_usd?: number;
};

export type ExpectedTool = {
  readonly source: Source;
  readonly name: string;
  readonly call_id: string | null;
  readonly ok: boolean | null;
  readonly duration_ms: number | null;
  readonly error_type?: string;
};

/** A fixture, decoded and normalised, and what it should give. */
export function fixture(name: string): { normalised: Normalised; expected: Expected } {
  const signal = name.split(".").at(-1) as OtlpSignal;
  const body = readFileSync(new URL(`fixtures/${name}.json`, TESTDATA));
  const expected = readFileSync(new URL(`fixtures/${name}.expected.json`, TESTDATA), "utf8");
  return {
    normalised: normalise(decodeExport(signal, "json", body)),
    expected: JSON.parse(expected),
  };
}

type Request = { readonly file: string; readonly signal: OtlpSignal };

/** The events of a recorded program, in the order it sent them. */
export function capture(name: string): {
  normalised: Normalised;
  byModel: Readonly<Record<string, Readonly<Record<string, number>>>>;
} {
  const folder = new URL(`captures/${name}/`, TESTDATA);
  const manifest: readonly Request[] = JSON.parse(
    readFileSync(new URL("manifest.json", folder), "utf8"),
  );
  const known = new Set(
    readdirSync(new URL("requests/", folder)).map((file) => `requests/${file}`),
  );
  const parts = manifest
    .filter(({ file }) => known.has(file))
    .map(({ file, signal }) => {
      const encoding: Encoding = file.endsWith(".json") ? "json" : "protobuf";
      return normalise(decodeExport(signal, encoding, readFileSync(new URL(file, folder))));
    });
  const expected = JSON.parse(readFileSync(new URL("expected.json", folder), "utf8"));
  return {
    normalised: {
      events: parts.flatMap((part) => part.events),
      nodes: parts.flatMap((part) => part.nodes),
      rejections: parts.flatMap((part) => part.rejections),
    },
    byModel: expected.byModel,
  };
}

/** Normalises whatever an export held. */
export function normalise(decoded: DecodedExport): Normalised {
  switch (decoded.signal) {
    case "traces":
      return normaliseSpans(decoded.items);
    case "logs":
      return normaliseLogs(decoded.items);
    case "metrics":
      return normalisePoints(decoded.items);
  }
}

/**
 * The model calls that single items show, each once: by the item's own
 * identity, then by the response id, of which the richest split stays. A call
 * without usage around another one (AI SDK 7's embed) is that one.
 */
export function distinctCalls(events: readonly UsageEvent[]): readonly UsageEvent[] {
  const calls = new Map<string, UsageEvent>();
  const single = events.filter(({ kind, witness }) => kind === "model_call" && witness === "call");
  const parents = new Set(single.map(({ parentSpanId }) => parentSpanId));
  for (const event of single) {
    if (event.tokens === null && parents.has(event.spanId)) continue;
    const key = event.responseIds[0] ?? event.identity;
    const known = calls.get(key);
    if (known === undefined || richness(event) > richness(known)) {
      calls.set(key, event);
    }
  }
  return [...calls.values()];
}

/** How much of a call an event tells: its classes, then its tokens. */
export function richness(event: UsageEvent): number {
  const classes = Object.values(event.tokens ?? {}).filter((value) => value > 0).length;
  const total = event.tokens === null ? -1 : totalTokens(event.tokens);
  return classes * 1e13 + total;
}
