import { suggest } from "#app/_server/suggest.ts";
import { findPlaces } from "#lib/search/find-places.ts";

/** What the command menu finds by a part of its name. */
export const GET = (request: Request): Promise<Response> => suggest(request, findPlaces);
