import { readGlJournal, requireCodes } from "#lib/close/read-gl-journal.ts";
import { GlJournalParameters } from "#lib/exports/kinds/gl-journal.ts";
import { apiRoute, json } from "../_lib/api-route.ts";
import { glJournalBody } from "../_lib/gl-journal.ts";
import { parseQuery } from "../_lib/query.ts";

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/gl-journal", {
  GET: async ({ url, viewer, sql }) => {
    const found = await readGlJournal(
      sql,
      viewer,
      parseQuery(GlJournalParameters, url.searchParams),
    );
    requireCodes(found);
    return json(glJournalBody(found));
  },
});
