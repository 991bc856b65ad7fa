import { createHmac } from "node:crypto";
import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError, createAuthMiddleware } from "better-auth/api";
import type { Db } from "#lib/db/client.ts";
import {
  authAccount,
  authRateLimit,
  authSession,
  authUser,
  authVerification,
} from "#lib/db/schema/auth.ts";
import {
  hashPassword,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  verifyPassword,
} from "./password.ts";
import { takeSignInAttempt } from "./sign-in-limit.ts";

export type AuthSettings = {
  readonly db: Db;
  /** The installation's secret; the key that signs session cookies is derived from it. */
  readonly secret: string;
  /** Where people reach the pages; its scheme decides about secure cookies. */
  readonly publicUrl: string;
  /** Further origins that may post to us, exact. */
  readonly trustedOrigins: readonly string[];
  readonly plugins?: BetterAuthPlugin[];
};

/** A session ends after this long without use. */
const IDLE_SECONDS = 12 * 60 * 60;
/** How stale a session may be before its use extends it. */
const REFRESH_SECONDS = 30 * 60;
/** A session ends after this long, used or not; `requireViewer` enforces it. */
export const SESSION_MAX_MS = 7 * 24 * 60 * 60_000;

export type Auth = ReturnType<typeof createAuth>;

/**
 * Sign-in by e-mail and password on our own database. Sign-up is closed: people
 * are made by `createUser`. Sessions are rows, never cached in the cookie, so a
 * revoked one ends at once.
 */
export function createAuth(settings: AuthSettings) {
  return betterAuth({
    appName: "Outlay",
    baseURL: settings.publicUrl,
    basePath: "/api/auth",
    secret: sessionKey(settings.secret),
    trustedOrigins: [...settings.trustedOrigins],
    telemetry: { enabled: false },
    database: drizzleAdapter(settings.db, {
      provider: "pg",
      transaction: true,
      schema: {
        user: authUser,
        session: authSession,
        account: authAccount,
        verification: authVerification,
        rateLimit: authRateLimit,
      },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN_LENGTH,
      maxPasswordLength: PASSWORD_MAX_LENGTH,
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
    },
    user: {
      additionalFields: {
        role: { type: "string", required: false, input: false },
      },
    },
    session: {
      expiresIn: IDLE_SECONDS,
      updateAge: REFRESH_SECONDS,
      freshAge: 60 * 60,
      cookieCache: { enabled: false },
    },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 100,
      customRules: {
        "/sign-in/email": { window: 60, max: 10 },
        // Every open page asks, and a whole office may come from one address; a
        // signed cookie is nothing to guess at.
        "/get-session": false,
      },
    },
    advanced: { cookiePrefix: "outlay" },
    hooks: {
      before: createAuthMiddleware(async (context) => {
        if (context.path !== "/sign-in/email") return;
        const email = (context.body as { email?: unknown } | undefined)?.email;
        if (typeof email !== "string") return;
        if (await takeSignInAttempt(settings.db, email, new Date())) return;
        throw new APIError("TOO_MANY_REQUESTS", { code: "TOO_MANY_ATTEMPTS" });
      }),
    },
    plugins: settings.plugins ?? [],
  });
}

/** A key for one purpose only, of full length however short the secret is. */
function sessionKey(secret: string): string {
  return createHmac("sha256", secret).update("outlay session cookies").digest("base64url");
}
