export type Sort = { readonly id: string; readonly desc: boolean };

/** How a table stands in a page's address: `sort=-spend&columns=model,spend`, "-" for the largest first. */
export type TableView = {
  readonly sort: Sort | null;
  /** The chosen columns; null: what the window has room for. */
  readonly columns: readonly string[] | null;
};

/** What is no such text is as if nothing were said. */
export function readView(params: URLSearchParams): TableView {
  const [, minus, id] = /^(-?)(\w{1,40})$/.exec(params.get("sort") ?? "") ?? [];
  return {
    sort: id === undefined ? null : { id, desc: minus === "-" },
    columns: params.get("columns")?.split(",") ?? null,
  };
}

export function sortText(sort: Sort | null): string | null {
  return sort && `${sort.desc ? "-" : ""}${sort.id}`;
}
