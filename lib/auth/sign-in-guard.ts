import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import type { Db } from "#lib/db/client.ts";
import { takeCode, takeSignInAttempt } from "./sign-in-limit.ts";

/** better-auth's cookie of a sign-in that waits for its second factor. */
const TWO_FACTOR_COOKIE = "two_factor";

/** Stops guessing at passwords and second factors before they are looked at. */
export function signInGuard(db: Db): BetterAuthPlugin {
  return {
    id: "outlay-sign-in-guard",
    hooks: {
      before: [
        {
          matcher: ({ path }) => path === "/sign-in/email",
          handler: createAuthMiddleware(async (context) => {
            const email = (context.body as { email?: unknown } | undefined)?.email;
            if (typeof email !== "string") return;
            const address = context.headers?.get("x-forwarded-for") ?? null;
            if (await takeSignInAttempt(db, { email, address }, new Date())) return;
            throw new APIError("TOO_MANY_REQUESTS", { code: "TOO_MANY_ATTEMPTS" });
          }),
        },
        {
          matcher: ({ path }) => path === "/two-factor/verify-totp",
          handler: createAuthMiddleware(async (context) => {
            const code = (context.body as { code?: unknown } | undefined)?.code;
            const { name } = context.context.createAuthCookie(TWO_FACTOR_COOKIE);
            const waiting = await context.getSignedCookie(name, context.context.secret);
            if (typeof code !== "string" || !waiting) return;
            const found = await context.context.internalAdapter.findVerificationValue(waiting);
            if (found === null || (await takeCode(db, found.value, code, new Date()))) return;
            throw new APIError("UNAUTHORIZED", { code: "INVALID_CODE" });
          }),
        },
      ],
    },
  };
}
