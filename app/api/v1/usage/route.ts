import { z } from "zod";
import { CURRENCY } from "#lib/money/money.ts";
import { usageReport } from "#lib/reports/usage-report.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../_lib/cursor.ts";
import { figures } from "../_lib/figures.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";
import { UsageParameters, usageQueryOf, usageRowBody } from "../_lib/usage.ts";

const Offset = z.int().min(0);

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/usage", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(UsageParameters, url.searchParams);
    const question = questionOf(url);
    const offset = input.cursor === undefined ? 0 : decodeCursor(input.cursor, question, Offset);
    const query = await usageQueryOf(sql, input, nowMs);
    const page = { limit: input.limit, offset };
    const { rows, total, rowCount, asOf } = await usageReport(sql, viewer, query, page);
    const next = offset + rows.length;
    return json({
      from: iso(query.from),
      to: iso(query.to),
      currency: CURRENCY,
      cost_basis: query.costBasis,
      as_of: iso(asOf),
      rows: rows.map(usageRowBody),
      total: figures(total),
      next_cursor: next < rowCount ? encodeCursor(question, next) : null,
    });
  },
});
