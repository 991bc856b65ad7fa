import { CURRENCY } from "#lib/money/money.ts";
import { filtersOf } from "#lib/parameters/dimensions.ts";
import { periodOf } from "#lib/parameters/period.ts";
import { organizationZone } from "#lib/reports/read-only.ts";
import { usageReceipt } from "#lib/reports/usage-receipt.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { iso } from "../../_lib/iso.ts";
import { parseQuery } from "../../_lib/query.ts";
import { UsageReceiptParameters, usageReceiptBody } from "../../_lib/usage-receipt.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/usage/receipt", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    const input = parseQuery(UsageReceiptParameters, url.searchParams);
    const { from, to } = periodOf(input, await organizationZone(sql), nowMs);
    const { cost: costBasis, paid } = input;
    const asked = { from, to, filters: filtersOf(input), costBasis, paid };
    const receipt = await usageReceipt(sql, viewer, asked);
    return json({
      ...{ from: iso(from), to: iso(to), currency: CURRENCY, cost_basis: costBasis },
      ...usageReceiptBody(receipt),
    });
  },
});
