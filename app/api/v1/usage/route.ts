import { z } from "zod";
import { usageQueryOf } from "#lib/exports/kinds/usage.ts";
import { CURRENCY } from "#lib/money/money.ts";
import { usageInCurrency } from "#lib/reports/usage-in-currency.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { type ApiCall, apiRoute, json } from "../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { figures } from "../_lib/figures.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";
import { convertedRowBody, UsageParameters, usageRowBody } from "../_lib/usage.ts";

const Offset = z.int().min(0);

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/usage", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(UsageParameters, url.searchParams);
    const question = questionOf(url);
    const offset = input.cursor === undefined ? 0 : decodeCursor(input.cursor, question, Offset);
    const query = await usageQueryOf(sql, input, nowMs);
    const page = { limit: input.limit, offset };
    const currency = input.currency ?? CURRENCY;
    const report =
      currency === CURRENCY
        ? await inDollars({ sql, viewer }, query, page)
        : await inCurrency({ sql, viewer }, query, { currency, now: new Date(nowMs) }, page);
    const next = offset + report.rows.length;
    return json({
      from: iso(query.from),
      to: iso(query.to),
      currency,
      cost_basis: query.costBasis,
      as_of: iso(report.asOf),
      rows: report.rows,
      total: report.total,
      next_cursor: next < report.rowCount ? encodeCursor(question, next) : null,
    });
  },
});

type Asker = Pick<ApiCall, "sql" | "viewer">;
type Query = Parameters<typeof usageReport>[2];
type Page = { readonly limit: number; readonly offset: number };

async function inDollars({ sql, viewer }: Asker, query: Query, page: Page) {
  const { rows, total, ...rest } = await usageReport(sql, viewer, query, page);
  return { ...rest, rows: rows.map(usageRowBody), total: figures(total) };
}

async function inCurrency(
  { sql, viewer }: Asker,
  query: Query,
  choice: Parameters<typeof usageInCurrency>[3],
  page: Page,
) {
  const found = await usageInCurrency(sql, viewer, query, choice, page);
  return { ...found, rows: found.rows.map(convertedRowBody), total: figures(found.total) };
}
