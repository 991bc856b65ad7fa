import { context } from "#app/_server/context.ts";

/** What pages and browsers ask; of better-auth's other addresses none is open. */
const OPEN = new Set([
  "/api/auth/sign-in/email",
  "/api/auth/sign-out",
  "/api/auth/get-session",
  "/api/auth/two-factor/verify-totp",
  "/api/auth/two-factor/verify-backup-code",
  "/api/auth/sso/start",
  "/api/auth/sso/callback",
]);

/** Sign-in, by better-auth. */
async function handle(request: Request): Promise<Response> {
  if (!OPEN.has(new URL(request.url).pathname)) {
    return Response.json({ code: "not_found" }, { status: 404 });
  }
  const response = await context().auth.handler(request);
  response.headers.set("cache-control", "no-store");
  return response;
}

export { handle as GET, handle as POST };
