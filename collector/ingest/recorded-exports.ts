import { readdirSync, readFileSync } from "node:fs";
import type { Batch } from "#lib/ingest/batch.ts";
import { normalise } from "../dialects/testing.ts";
import { decodeExport } from "../otlp/decode.ts";
import type { DecodedExport, OtlpSignal } from "../otlp/decoded.ts";

const TESTDATA = new URL("../testdata/", import.meta.url);

/** One export as it was sent, and the key it comes with: the capture's or fixture's name. */
export type RecordedExport = { readonly keyId: string; readonly decoded: DecodedExport };

export type CapturedUsage = Readonly<Record<string, number>>;

/** The names of all recorded programs, and what the model server billed each, by model. */
export const CAPTURES: ReadonlyMap<string, Readonly<Record<string, CapturedUsage>>> = new Map(
  readdirSync(new URL("captures/", TESTDATA)).map((name) => [
    name,
    readJson<{ byModel: Record<string, CapturedUsage> }>(`captures/${name}/expected.json`).byModel,
  ]),
);

/** What the programs of all captures sent, in order. */
export function recordedCaptures(): RecordedExport[] {
  return [...CAPTURES.keys()].flatMap((name) => {
    const folder = `captures/${name}/`;
    const manifest = readJson<{ file: string; signal: OtlpSignal }[]>(`${folder}manifest.json`);
    return manifest.map(({ file, signal }) => ({
      keyId: `capture ${name}`,
      decoded: decodeFile(signal, `${folder}${file}`),
    }));
  });
}

/** The export of one fixture, `NAME.SIGNAL`. */
export function recordedFixture(name: string, keyId: string): RecordedExport {
  const signal = name.slice(name.lastIndexOf(".") + 1) as OtlpSignal;
  return { keyId, decoded: decodeFile(signal, `fixtures/${name}.json`) };
}

/** The names of all fixtures that are OTLP. */
export function otlpFixtures(): string[] {
  return readdirSync(new URL("fixtures/", TESTDATA))
    .filter((file) => /\.(traces|logs|metrics)\.json$/.test(file))
    .map((file) => file.replace(/\.json$/, ""));
}

/** An export as several, each with some of its items. */
export function partsOf(
  { keyId, decoded }: RecordedExport,
  partOf: () => number,
): readonly RecordedExport[] {
  const parts = Map.groupBy<number, unknown>(decoded.items, partOf);
  return [...parts.values()].map((items) => ({
    keyId,
    decoded: { ...decoded, items } as DecodedExport,
  }));
}

/** What a collector makes of it for the ledger. */
export function batchOf({ keyId, decoded }: RecordedExport, receivedAtMs: number): Batch {
  const { events, nodes, rejections } = normalise(decoded);
  return {
    arrivals: events.map((event) => ({ event, keyId })),
    nodes,
    refusals: rejections.map((rejection) => ({ ...rejection, keyId })),
    receivedAtMs,
  };
}

export function readJson<T>(path: string): T {
  return JSON.parse(readText(path));
}

export function readText(path: string): string {
  return readFileSync(new URL(path, TESTDATA), "utf8");
}

function decodeFile(signal: OtlpSignal, path: string): DecodedExport {
  const encoding = path.endsWith(".json") ? "json" : "protobuf";
  return decodeExport(signal, encoding, readFileSync(new URL(path, TESTDATA)));
}
