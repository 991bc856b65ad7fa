import { z } from "zod";
import { sessionTree } from "#lib/reports/session-tree.ts";
import { apiRoute, json } from "../../_lib/api-route.ts";
import { decodeCursor, encodeCursor, questionOf } from "../../_lib/cursor.ts";
import { notFound } from "../../_lib/problem.ts";
import { parseQuery } from "../../_lib/query.ts";
import { SessionParameters, sessionBody } from "../../_lib/sessions.ts";

const Offset = z.int().min(0);

export const { GET, POST, PUT, PATCH, DELETE } = apiRoute("/sessions/{id}", {
  GET: async ({ url, params, viewer, sql }) => {
    const input = parseQuery(SessionParameters, url.searchParams);
    const question = questionOf(url);
    const offset = input.cursor === undefined ? 0 : decodeCursor(input.cursor, question, Offset);
    const page = { limit: input.limit, offset };
    const tree = await sessionTree(sql, viewer, params.id ?? "", page);
    if (tree === null) throw notFound("session");
    const next = offset + tree.nodes.length;
    return json(sessionBody(tree, next < tree.nodeCount ? encodeCursor(question, next) : null));
  },
});
