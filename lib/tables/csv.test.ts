import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { csvHeader, csvRow } from "./csv.ts";

const TIME = { time: new Date("2026-11-22T08:00:00Z") };

test("records end in CRLF, and only cells that need quotes have them", () => {
  const row = [{ text: "plain" }, { text: 'a "b", c\nd' }, { text: null }, { number: "-3.50" }];
  assert.equal(csvRow(row, "data"), 'plain,"a ""b"", c\nd",,-3.50\r\n');
  assert.equal(csvHeader(["a", "b"], "data"), "a,b\r\n");
});

test("spreadsheets get a byte order mark and times that they can read", () => {
  assert.equal(csvHeader(["a"], "excel"), "\uFEFFa\r\n");
  assert.equal(csvRow([TIME], "excel"), "2026-11-22 08:00:00\r\n");
  assert.equal(csvRow([TIME], "data"), "2026-11-22T08:00:00Z\r\n");
});

const FORMULAS = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", " =1", "＝1", "－1", "\u0000=1", "=1,2"];
for (const text of FORMULAS) {
  test(`${JSON.stringify(text)} is quoted for programs and disarmed for spreadsheets`, () => {
    assert.equal(csvRow([{ text }], "data"), `"${text}"\r\n`);
    assert.equal(csvRow([{ text }], "excel"), `"'${text}"\r\n`);
  });
}

test("negative numbers stay numbers in both flavours", () => {
  assert.equal(csvRow([{ number: -1 }, { number: "-0.5" }], "excel"), "-1,-0.5\r\n");
});

test("what is written for programs reads back as it was", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 5 }),
      (texts) => {
        const line = csvRow(
          texts.map((text) => ({ text })),
          "data",
        );
        assert.deepEqual(readRecord(line), texts);
      },
    ),
  );
});

/** A reader of one RFC 4180 record, written apart from the writer. */
function readRecord(line: string): string[] {
  const cells = `${line.slice(0, -2)},`.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*)),/gs);
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "");
}
