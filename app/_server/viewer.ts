import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { isFreshSignIn } from "#lib/access/fresh-sign-in.ts";
import type { Role, Viewer } from "#lib/access/viewer.ts";
import { recordRefusal } from "#lib/audit/record-refusal.ts";
import { SESSION_MAX_MS } from "#lib/auth/create-auth.ts";
import { userViewer } from "#lib/auth/user-viewer.ts";
import { AppError } from "#lib/errors.ts";
import { because } from "#lib/refusals/reason.ts";
import { context } from "./context.ts";
import { requestOrigin } from "./request-origin.ts";

/** Who is signed in with the cookie of these headers; null when nobody is. */
export async function sessionViewer(requestHeaders: Headers): Promise<Viewer | null> {
  const { auth, db, sql } = context();
  const now = new Date();
  const found = await auth.api.getSession({
    headers: requestHeaders,
    query: { disableRefresh: true },
  });
  if (found === null) return null;
  if (now.getTime() - found.session.createdAt.getTime() > SESSION_MAX_MS) return null;
  if (found.user.deactivatedAt !== null && found.user.deactivatedAt !== undefined) return null;
  const viewer = await userViewer({ db, sql }, found.user, now);
  const isFresh = isFreshSignIn(found.session, now);
  return { ...viewer, isFresh, origin: requestOrigin(requestHeaders) };
}

/** Who asks for this page or action; read once per request. */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  return sessionViewer(await headers());
});

/**
 * The lock of every page and server action: the viewer, or the way to sign in
 * and back. Layouts do not protect what is below them, so each page calls it.
 */
export async function requireViewer(): Promise<Viewer> {
  const viewer = await requireSignedIn();
  if (viewer.mustEnroll === true) redirect("/account");
  return viewer;
}

/** As `requireViewer`, also for whoever still has to set up their second factor. */
export async function requireSignedIn(): Promise<Viewer> {
  const viewer = await currentViewer();
  if (viewer !== null) return viewer;
  const path = await ownPath();
  redirect(path === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/**
 * The viewer for a change that gives out rights or secrets, or the way to prove
 * again who they are and back to the page. The change itself asks, too.
 */
export async function requireFreshRole(...roles: readonly Role[]): Promise<Viewer> {
  const viewer = await requireRole(...roles);
  if (viewer.isFresh === true) return viewer;
  redirect(`/confirm?next=${encodeURIComponent(await ownPath())}`);
}

async function ownPath(): Promise<string> {
  return (await headers()).get("x-outlay-path") ?? "/";
}

/** @throws {AppError} "forbidden" unless the viewer has one of the roles. */
export async function requireRole(...roles: readonly Role[]): Promise<Viewer> {
  const viewer = await requireViewer();
  if (roles.includes(viewer.role)) return viewer;
  await recordRefusal(context().db, viewer, await ownPath(), new Date());
  throw new AppError(because("role_needed", { roles: roles.join(" / ") }), { code: "forbidden" });
}
