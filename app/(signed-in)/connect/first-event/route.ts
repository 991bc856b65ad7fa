import { headers } from "next/headers";
import { context } from "#app/_server/context.ts";
import { problemResponse } from "#app/_server/problem.ts";
import { sessionViewer } from "#app/_server/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { firstEvent } from "#lib/reports/first-event.ts";

/** Whether something came with the key, for the page that waits for it. */
export async function GET(request: Request): Promise<Response> {
  try {
    const viewer = await sessionViewer(await headers());
    if (viewer === null) throw new AppError("Sign in first", { code: "unauthenticated" });
    if (viewer.role !== "admin") throw new AppError("Only admins", { code: "forbidden" });
    const keyId = new URL(request.url).searchParams.get("key");
    if (keyId === null) throw new AppError("The parameter key is missing", { code: "invalid" });
    const found = await firstEvent(context().sql, keyId);
    return Response.json(found, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    return problemResponse(error);
  }
}
