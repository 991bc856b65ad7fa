import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { amount, count, sumsOf, text, time } from "./column.ts";
import type { TableWriter, WritePiece } from "./table-writer.ts";
import { jsonlWriter } from "./write-jsonl.ts";
import { parquetWriter } from "./write-parquet.ts";
import { assertXlsxHolds, MOST_XLSX_ROWS, xlsxWriter } from "./write-xlsx.ts";

type Row = { readonly name: string | null; readonly cost: Usd | null; readonly calls: number };

const AT = new Date("2026-11-22T08:00:00Z");
const columns = [
  text<Row>("name", ({ name }) => name),
  amount<Row>("cost", ({ cost }) => cost),
  count<Row>("calls", ({ calls }) => calls),
  time<Row>("at", () => AT),
];
const rowsOf = fc.array(
  fc.record({
    name: fc.option(fc.string({ unit: "binary" })),
    // From 1e-18 to 1e12.
    cost: fc.option(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map((n) => n as Usd)),
    calls: fc.nat(2 ** 31),
  }),
  { maxLength: 20 },
);

async function fileOf(
  make: (write: WritePiece) => TableWriter<Row>,
  rows: readonly Row[],
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  const writer = make(async (piece) => pieces.push(Buffer.from(piece)));
  await writer.begin();
  await writer.add(rows);
  await writer.finish([["rows", String(rows.length)]]);
  return Buffer.concat(pieces);
}

test("JSON Lines and sums have every amount to the last digit", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf, async (rows) => {
      const file = await fileOf((write) => jsonlWriter({ columns }, write), rows);
      const read = file
        .toString("utf8")
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line));
      assert.deepEqual(
        read.map(({ cost }) => (cost === null ? null : parseUsd(cost))),
        rows.map(({ cost }) => cost),
      );
      const sums = sumsOf(columns);
      sums.add(rows);
      const truth = rows.reduce((sum, { cost }) => sum + (cost ?? 0n), 0n);
      assert.deepEqual(sums.read(), { cost: toDecimal(truth as Usd) });
    }),
    { numRuns: 50 },
  );
});

test("Parquet has names, counts and times as they are", async () => {
  const rows: Row[] = [
    { name: "預算 =1+1", cost: 1n as Usd, calls: 3 },
    { name: null, cost: null, calls: 0 },
  ];
  const file = await fileOf((write) => parquetWriter({ columns }, write), rows);
  const read = await parquetReadObjects({ file: new Uint8Array(file).buffer });
  assert.deepEqual(
    read.map(({ name, calls, at }) => [name, calls, at]),
    [
      ["預算 =1+1", 3n, AT],
      [null, 0n, AT],
    ],
  );
});

test("a workbook holds text as text, numbers as numbers, and all digits beside them", async () => {
  const rows: Row[] = [
    { name: "=1+1", cost: parseUsd("0.0345"), calls: 12 },
    { name: "預算 <b>&", cost: (10n ** 30n + 1n) as Usd, calls: 7 },
  ];
  const file = await fileOf((write) => xlsxWriter({ columns }, write), rows);
  const parts = unzipped(file);
  const sheet = parts.get("xl/worksheets/sheet1.xml") ?? "";
  const strings = parts.get("xl/sharedStrings.xml") ?? sheet;
  assert.ok(!/<f[ >]/.test(sheet), "no cell is a formula");
  assert.ok(strings.includes("=1+1") && strings.includes("預算 &lt;b&gt;&amp;"));
  assert.match(sheet, /<v>0\.0345<\/v>/);
  assert.ok(strings.includes("cost_exact"));
  assert.ok(strings.includes("1000000000000.000000000000000001"));
  assert.ok((parts.get("xl/workbook.xml") ?? "").includes("Control totals"));
});

test("a workbook of too many rows is refused", () => {
  assert.throws(() => assertXlsxHolds(MOST_XLSX_ROWS + 1), { code: "too_large" });
});

/** The parts of a ZIP file by name, read apart from its writer. */
function unzipped(file: Buffer): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  let at = file.readUInt32LE(file.lastIndexOf("PK\u0005\u0006", undefined, "latin1") + 16);
  while (file.readUInt32LE(at) === 0x02014b50) {
    const [method, size] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 20)];
    const [name, extra, note] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset));
    const path = file.toString("utf8", at + 46, at + 46 + (name ?? 0));
    const local = file.readUInt32LE(at + 42);
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const bytes = file.subarray(start, start + size);
    parts.set(path, (method === 0 ? bytes : inflateRawSync(bytes)).toString("utf8"));
    at += 46 + (name ?? 0) + (extra ?? 0) + (note ?? 0);
  }
  return parts;
}
