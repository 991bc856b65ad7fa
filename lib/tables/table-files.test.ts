import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { parseUsd, toDecimal, type Usd } from "#lib/money/money.ts";
import { amount, count, sumsOf, text, time } from "./column.ts";
import { CSV_FLAVORS } from "./csv.ts";
import type { TableWriter, WritePiece } from "./table-writer.ts";
import { csvWriter } from "./write-csv.ts";
import { jsonlWriter } from "./write-jsonl.ts";
import { parquetWriter } from "./write-parquet.ts";
import { assertXlsxHolds, MOST_XLSX_ROWS, xlsxWriter } from "./write-xlsx.ts";

type Row = { readonly name: string | null; readonly cost: Usd | null; readonly calls: number };

const AT = new Date("2026-11-22T12:00:00Z");
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

test("CSV of both flavours has every amount to the last digit", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf, fc.constantFrom(...CSV_FLAVORS), async (rows, flavor) => {
      // Names have line breaks of their own; what they do to a file is tried beside csv.ts.
      const shape = { columns: columns.filter(({ name }) => name !== "name") };
      const file = await fileOf((write) => csvWriter(shape, flavor, write), rows);
      const lines = file.toString("utf8").split("\r\n").slice(1, -1);
      assert.deepEqual(
        lines.map((line) => line.split(",")[0]),
        rows.map(({ cost }) => (cost === null ? "" : toDecimal(cost))),
      );
    }),
  );
});

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
    { name: "預算 <b>&\r\u0000 _x0041_", cost: (10n ** 30n + 1n) as Usd, calls: 7 },
  ];
  const parts = unzipped(await fileOf((write) => xlsxWriter({ columns }, write), rows));
  assert.deepEqual(cellsOf(parts), [
    ["name", "cost", "calls", "at", "cost_exact"],
    ["=1+1", 0.0345, 12, 46_348.5, "0.0345"],
    [
      ...["預算 <b>&_x000D__x0000_ _x005F_x0041_", 1e12, 7, 46_348.5],
      "1000000000000.000000000000000001",
    ],
  ]);
  assert.ok(!/<f[ >]/.test(parts.get(SHEET) ?? ""), "no cell is a formula");
  assert.ok((parts.get("xl/workbook.xml") ?? "").includes("Control totals"));
});

test("a long workbook is written while its rows come, with all digits of every amount", async () => {
  const some = Array.from({ length: 1_000 }, (_, calls) => ({ name: "a", cost: null, calls }));
  const pieces: Buffer[] = [];
  const writer = xlsxWriter({ columns }, async (piece) => pieces.push(Buffer.from(piece)));
  await writer.begin();
  for (let times = 0; times < 30; times += 1) await writer.add(some);
  assert.ok(Buffer.concat(pieces).byteLength > 50_000, "most of it is out before the last row");
  await writer.add([{ name: "last", cost: 1n as Usd, calls: 1_234_567_890_123_456 }]);
  await writer.finish([["rows", "30001"]]);
  const cells = cellsOf(unzipped(Buffer.concat(pieces)));
  assert.equal(cells.length, 30_002);
  assert.deepEqual(cells[0], ["name", "cost", "calls", "at", "cost_exact"]);
  assert.deepEqual(cells.at(-1), [
    "last",
    1e-18,
    "1234567890123456",
    46_348.5,
    "0.000000000000000001",
  ]);
});

test("a workbook of too many rows is refused", () => {
  assert.throws(() => assertXlsxHolds(MOST_XLSX_ROWS + 1), { code: "too_large" });
});

const SHEET = "xl/worksheets/sheet1.xml";

/** The rows of the first sheet: texts as they are escaped, numbers as they are read. */
function cellsOf(parts: ReadonlyMap<string, string>): (string | number)[][] {
  const plain = (xml: string) =>
    xml.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const rows = (parts.get(SHEET) ?? "").matchAll(/<row r="\d+">(.*?)<\/row>/gs);
  return Array.from(rows, ([, row = ""]) =>
    Array.from(row.matchAll(/<v>(.*?)<\/v>|<t(?: [^>]*)?>(.*?)<\/t>/gs), ([, number, text = ""]) =>
      number === undefined ? plain(text) : Number(number),
    ),
  );
}

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
    const content = method === 0 ? bytes : inflateRawSync(bytes);
    assert.equal(crc32(content), file.readUInt32LE(at + 16), path);
    parts.set(path, content.toString("utf8"));
    at += 46 + (name ?? 0) + (extra ?? 0) + (note ?? 0);
  }
  return parts;
}
