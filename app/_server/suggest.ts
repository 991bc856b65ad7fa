import { headers } from "next/headers";
import type { Viewer } from "#lib/access/viewer.ts";
import type { SqlClient } from "#lib/db/client.ts";
import { AppError } from "#lib/errors.ts";
import { context } from "./context.ts";
import { problemResponse } from "./problem.ts";
import { sessionViewer } from "./viewer.ts";

const MOST_CHARACTERS = 100;

/** Answers with what is found for the text in `q`, to people who are signed in. */
export async function suggest(
  request: Request,
  find: (sql: SqlClient, viewer: Viewer, text: string) => Promise<unknown>,
): Promise<Response> {
  try {
    const viewer = await sessionViewer(await headers());
    if (viewer === null) throw new AppError("Sign in first", { code: "unauthenticated" });
    const text = new URL(request.url).searchParams.get("q") ?? "";
    const found = await find(context().sql, viewer, text.slice(0, MOST_CHARACTERS));
    return Response.json(found, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(error);
  }
}
