/** The query of a page's URL as Next hands it over. */
export type SearchParams = { readonly [name: string]: string | string[] | undefined };

/** What Next gives a page; written out, so that types need no build first. */
export type PageInput<Params = Record<never, never>> = {
  readonly params: Promise<Params>;
  readonly searchParams: Promise<SearchParams>;
};

/** The first value of a query parameter. */
export function firstOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** Names what a page's address asks the server for; how a table is sorted is not part of it. */
export function askedFor({ sort: _, columns: __, ...asked }: SearchParams): string {
  return JSON.stringify(asked);
}
