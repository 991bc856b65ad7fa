import { keyViewer } from "#lib/access/key-viewer.ts";
import type { Viewer } from "#lib/access/viewer.ts";
import { AppError } from "#lib/errors.ts";
import { context } from "./context.ts";
import { keyIn } from "./key-in.ts";
import { requestOrigin } from "./request-origin.ts";
import { sessionViewer } from "./viewer.ts";

/**
 * Who asks an API route: an API key, as `Authorization: Bearer` or `x-api-key`,
 * else whoever is signed in. A bad key is never passed over for a session.
 *
 * @throws {AppError} "unauthenticated" when nobody is.
 */
export async function apiViewer(headers: Headers): Promise<Viewer> {
  const secret = keyIn(headers.get("authorization"), headers.get("x-api-key"));
  const origin = requestOrigin(headers);
  const viewer =
    secret === null
      ? await sessionViewer(headers)
      : await keyViewer(context(), secret, new Date(), origin);
  if (viewer?.mustEnroll === true) {
    throw new AppError("Set up your second factor first, on the page My sign-in", {
      code: "second_factor_required",
    });
  }
  if (viewer !== null) return { ...viewer, origin };
  throw new AppError(
    secret === null
      ? "Send an API key as Authorization: Bearer KEY, or sign in"
      : "This is no valid API key",
    { code: "unauthenticated" },
  );
}
