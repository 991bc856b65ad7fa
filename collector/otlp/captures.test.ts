/** What real agents sent decodes whole, and as other software decoded it. */

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { decodeExport } from "./decode.ts";
import type { OtlpSignal } from "./decoded.ts";

const CAPTURES = new URL("../testdata/captures/", import.meta.url);
const FIXTURES = new URL("../testdata/fixtures/", import.meta.url);

type Request = { readonly file: string; readonly signal: OtlpSignal };

const requests = readdirSync(CAPTURES).flatMap((capture) => {
  const folder = new URL(`${capture}/`, CAPTURES);
  const manifest = JSON.parse(readFileSync(new URL("manifest.json", folder), "utf8")) as Request[];
  return manifest.map(({ file, signal }) => ({ folder, file, signal }));
});

describe("recorded requests", () => {
  test("all 89 decode, with every item kept", () => {
    let items = 0;
    for (const { folder, file, signal } of requests) {
      const encoding = file.endsWith(".json") ? "json" : "protobuf";
      const decoded = decodeExport(signal, encoding, readFileSync(new URL(file, folder)));
      assert.equal(decoded.rejected, 0, `${folder.pathname}${file}`);
      items += decoded.items.length;
    }
    assert.equal(requests.length, 89);
    assert.equal(items, 7946);
  });

  const compared = requests
    .filter(({ file }) => file.endsWith(".bin"))
    .map((request) => ({ ...request, json: jsonOf(request) }))
    .filter(({ json }) => existsSync(json));

  for (const { folder, file, signal, json } of compared) {
    test(`${folder.pathname.split("/").at(-2)}/${file} equals its JSON`, () => {
      assert.deepStrictEqual(
        decodeExport(signal, "protobuf", readFileSync(new URL(file, folder))),
        decodeExport(signal, "json", readFileSync(json)),
      );
    });
  }

  test("every signal is compared", () => {
    assert.deepEqual(
      new Set(compared.map(({ signal }) => signal)),
      new Set(["traces", "logs", "metrics"]),
    );
  });
});

test("all hand-written payloads decode, with every item kept", () => {
  const files = readdirSync(FIXTURES).filter((file) => /\.(traces|logs|metrics)\.json$/.test(file));
  assert.ok(files.length > 20);
  for (const file of files) {
    const signal = file.split(".").at(-2) as OtlpSignal;
    const decoded = decodeExport(signal, "json", readFileSync(new URL(file, FIXTURES)));
    assert.equal(decoded.reason, "", file);
    assert.ok(decoded.items.length > 0, file);
  }
});

function jsonOf({ folder, file }: { readonly folder: URL; readonly file: string }): URL {
  return new URL(file.replace("requests/", "decoded/").replace(".bin", ".json"), folder);
}
