import { z } from "zod";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import type { ControlTotals } from "./control.ts";
import { ExportRequest } from "./export-request.ts";
import { openExport } from "./open-export.ts";
import { parametersIn } from "./query-parameters.ts";

/** What a link of `checkLink` says that a file held. */
export type ToldTotals = Pick<
  ControlTotals,
  "as_of" | "rows" | "sums" | "price_book_version" | "rule_version" | "cost_model_version"
>;

export type Comparison = {
  readonly name: string;
  readonly then: string;
  readonly now: string;
};

const Amount = z.string().regex(/^-?\d{1,30}(\.\d{1,18})?$/);
const Version = z.string().max(40);
const Link = z.object({
  export: z.string().max(40),
  parameters: z.string().max(20_000),
  as_of: z.iso.datetime(),
  rows: z.string().regex(/^\d{1,12}$/),
  ...{ prices: Version, rules: Version, costs: Version },
});

/** The question and the figures of a link; null for what is none. */
export function readCheckLink(
  search: URLSearchParams,
): { readonly request: ExportRequest; readonly told: ToldTotals } | null {
  const link = Link.safeParse(Object.fromEntries(search));
  if (!link.success) return null;
  const { as_of, rows, prices, rules, costs } = link.data;
  const sums = z
    .record(z.string(), Amount)
    .safeParse(
      Object.fromEntries(
        [...search].flatMap(([name, value]) =>
          name.startsWith("sum.") ? [[name.slice(4), value] as const] : [],
        ),
      ),
    );
  const request = ExportRequest.safeParse({
    export: link.data.export,
    parameters: parametersIn(link.data.parameters),
  });
  if (!request.success || !sums.success) return null;
  const versions = { price_book_version: prices, rule_version: rules, cost_model_version: costs };
  return {
    request: request.data,
    told: { as_of, rows: Number(rows), sums: sums.data, ...versions },
  };
}

/**
 * Asks the same question again and sets what the file held beside what it
 * would hold now.
 *
 * @throws {AppError} as `openExport` does.
 */
export async function checkExport(
  sql: SqlClient,
  viewer: Viewer,
  { request, told }: { readonly request: ExportRequest; readonly told: ToldTotals },
  now: Date,
): Promise<{ readonly control: ControlTotals; readonly figures: readonly Comparison[] }> {
  const opened = await openExport(sql, viewer, request, now, { pace: "attended" });
  for await (const _ of opened.body);
  const control = opened.control();
  const names = [...new Set([...Object.keys(told.sums), ...Object.keys(control.sums)])];
  const pairs = [
    ["rows", String(told.rows), String(control.rows)],
    ...names.map((name) => [name, told.sums[name] ?? "", control.sums[name] ?? ""]),
    ["price_book_version", told.price_book_version, control.price_book_version],
    ["rule_version", told.rule_version, control.rule_version],
    ["cost_model_version", told.cost_model_version, control.cost_model_version],
  ] as const;
  const figures = pairs.map(([name = "", then = "", current = ""]) => ({
    ...{ name, then, now: current },
  }));
  return { control, figures };
}
