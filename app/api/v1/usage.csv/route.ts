import { CURRENCY, toDecimal } from "#lib/money/money.ts";
import { dateIn } from "#lib/parameters/period.ts";
import type { CsvFlavor } from "#lib/reports/csv.ts";
import {
  convertedCsvHeader,
  convertedCsvRow,
  usageCsvHeader,
  usageCsvRow,
} from "#lib/reports/usage-csv.ts";
import { type ConvertedSummary, streamUsageInCurrency } from "#lib/reports/usage-in-currency.ts";
import type { UsageQuery } from "#lib/reports/usage-query.ts";
import { streamUsage, type UsageSummary } from "#lib/reports/usage-report.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { streamFile } from "../_lib/file-stream.ts";
import { iso } from "../_lib/iso.ts";
import { parseQuery } from "../_lib/query.ts";
import { UsageCsvParameters, usageQueryOf } from "../_lib/usage.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/usage.csv", {
  GET: async ({ request, url, viewer, sql, nowMs }) => {
    const input = parseQuery(UsageCsvParameters, url.searchParams);
    const { flavor } = input;
    const query = await usageQueryOf(sql, input, nowMs);
    const currency = input.currency ?? CURRENCY;
    const { summary, body } = await streamFile<UsageSummary | ConvertedSummary>(
      request.signal,
      async (begin, write) => {
        if (currency === CURRENCY) {
          await streamUsage(sql, viewer, query, {
            begin: (found) => {
              begin(found);
              return write(usageCsvHeader(query, flavor));
            },
            write: (rows) => write(rows.map((row) => usageCsvRow(row, query, flavor)).join("")),
          });
          return;
        }
        const choice = { currency, now: new Date(nowMs) };
        await streamUsageInCurrency(sql, viewer, query, choice, {
          begin: (found) => {
            begin(found);
            return write(convertedCsvHeader(query, flavor));
          },
          write: (rows) => write(rows.map((row) => convertedCsvRow(row, query, flavor)).join("")),
        });
      },
    );
    return new Response(body, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="${fileName(query, flavor)}"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "x-outlay-as-of": iso(summary.asOf),
        "x-outlay-rows": String(summary.rowCount),
        "x-outlay-total": toDecimal(summary.total.cost),
      },
    });
  },
});

/** The days that the file covers, the last one included; filters are in its rows. */
function fileName({ from, to, timeZone }: UsageQuery, flavor: CsvFlavor): string {
  const last = new Date(to.getTime() - 1);
  const days = `${dateIn(from, timeZone)}_${dateIn(last, timeZone)}`;
  return `outlay-usage-${days}${flavor === "excel" ? "-excel" : ""}.csv`;
}
