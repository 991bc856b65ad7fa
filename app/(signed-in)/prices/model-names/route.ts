import { headers } from "next/headers";
import { context } from "#app/_server/context.ts";
import { problemResponse } from "#app/_server/problem.ts";
import { sessionViewer } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { findModels } from "#lib/price-book/find-models.ts";

const MOST_CHARACTERS = 100;

/** What a field for a model offers for what is written in it. */
export async function GET(request: Request): Promise<Response> {
  try {
    const viewer = await sessionViewer(await headers());
    if (viewer === null) throw new AppError("Sign in first", { code: "unauthenticated" });
    const text = new URL(request.url).searchParams.get("q") ?? "";
    const found = await findModels(context().sql, viewer, text.slice(0, MOST_CHARACTERS));
    return Response.json(found, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(error);
  }
}
