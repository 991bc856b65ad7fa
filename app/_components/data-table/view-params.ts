import { createParser, parseAsArrayOf, parseAsString } from "nuqs/server";

export type Sort = { readonly id: string; readonly desc: boolean };

const parseAsSort = createParser<Sort>({
  parse: (text) => {
    const [, minus, id] = /^(-?)(\w{1,40})$/.exec(text) ?? [];
    return id === undefined ? null : { id, desc: minus === "-" };
  },
  serialize: ({ id, desc }) => `${desc ? "-" : ""}${id}`,
});

/**
 * How a table stands in a page's address: `sort=-spend&columns=model,spend`,
 * "-" for the largest first; without columns those are shown that the window
 * has room for. What is no such text is as if nothing were said.
 */
export const VIEW_PARAMS = { sort: parseAsSort, columns: parseAsArrayOf(parseAsString) };
