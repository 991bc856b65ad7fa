import { openApiDocument } from "../_lib/openapi.ts";
import { methodNotAllowed } from "../_lib/problem.ts";

/** Open to all: it describes this release and holds nothing of the organisation. */
export function GET(): Response {
  return Response.json(openApiDocument(), { headers: { "cache-control": "no-cache" } });
}

const refuse = () => methodNotAllowed(["GET"]);

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
