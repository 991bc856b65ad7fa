/** A page of them takes a browser no time; all of 10,000 teams would. */
const ROWS = 200;

/** Some of a list's rows, and where they stand in it. */
export type ShownPage<Row> = {
  readonly rows: readonly Row[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** Of the first row, from 1. */
  readonly first: number;
  readonly count: number;
};

/** The page that an address asks for; the nearest one where there is no such page. */
export function pageOf<Row>(rows: readonly Row[], asked: string | undefined): ShownPage<Row> {
  const pages = Math.max(1, Math.ceil(rows.length / ROWS));
  const wanted = /^\d{1,6}$/.test(asked ?? "") ? Number(asked) : 1;
  const page = Math.min(Math.max(wanted, 1), pages);
  const from = (page - 1) * ROWS;
  return { rows: rows.slice(from, from + ROWS), page, pages, first: from + 1, count: rows.length };
}
