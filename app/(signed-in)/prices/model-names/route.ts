import { suggest } from "#app/_server/suggest.ts";
import { findModels } from "#lib/price-book/find-models.ts";

/** What a field for a model offers for what is written in it. */
export const GET = (request: Request): Promise<Response> => suggest(request, findModels);
