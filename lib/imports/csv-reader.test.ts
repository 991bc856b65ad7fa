import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CsvSyntaxError, readCsv } from "./csv-reader.ts";

test("quotes, commas and line breaks inside a field belong to the field", () => {
  assert.deepEqual(readCsv('\ufeffa,"b, ""c"""\r\n"x\ny",\r\n\r\nlast,1'), [
    { line: 1, fields: ["a", 'b, "c"'] },
    { line: 2, fields: ["x\ny", ""] },
    { line: 5, fields: ["last", "1"] },
  ]);
});

test("broken quoting is an error at its line, never a guess", () => {
  for (const [text, line] of [
    ['a\nb"c,d', 2],
    ['"a"b,c', 1],
    ['a\n\n"open', 3],
  ] as const) {
    assert.throws(
      () => readCsv(text),
      (error) => error instanceof CsvSyntaxError && error.line === line,
    );
  }
});

test("what is written by the rules is read back unchanged", () => {
  const cell = fc.string().map((text) => `v${text}`);
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      (rows) => {
        const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = rows.map((row) => `${row.map(quote).join(",")}\r\n`).join("");
        assert.deepEqual(
          readCsv(text).map((record) => record.fields),
          rows,
        );
      },
    ),
  );
});
