import { requireFinance } from "#lib/access/rights.ts";
import { writeHrFile } from "#lib/organization/hr-file.ts";
import { membersByEmail } from "#lib/organization/people.ts";
import { apiRoute } from "../_lib/api-route.ts";
import { PeopleCsvParameters } from "../_lib/organization.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/people.csv", {
  GET: async ({ url, viewer, sql, nowMs }) => {
    requireFinance(viewer);
    const { flavor } = parseQuery(PeopleCsvParameters, url.searchParams);
    const people = await membersByEmail(sql, "all");
    const rows = people.reduce((sum, { memberships }) => sum + memberships.length, 0);
    const day = new Date(nowMs).toISOString().slice(0, 10);
    return new Response(writeHrFile(people, flavor), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="people-${day}.csv"`,
        "cache-control": "no-store",
        "x-outlay-as-of": new Date(nowMs).toISOString(),
        "x-outlay-rows": String(rows),
      },
    });
  },
});
