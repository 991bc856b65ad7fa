/** Rows of a file as RFC 4180 has them, by the names of the header row; every line ends in CRLF. */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = cells(text);
  return rows.map((row) => {
    if (row.length !== header.length) throw new Error(`a row of ${row.length} cells: ${row}`);
    return Object.fromEntries(header.map((name, place) => [name, row[place] ?? ""]));
  });
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;

function cells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let end = 0;
  for (const match of text.matchAll(CELL)) {
    const [whole, quoted, plain = "", separator] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    end = match.index + whole.length;
    if (separator === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  if (end !== text.length || row.length > 0) throw new Error("this is no RFC 4180 file");
  return rows;
}
