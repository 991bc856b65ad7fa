import { createHmac } from "node:crypto";
import { type BetterAuthPlugin, betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { twoFactor } from "better-auth/plugins/two-factor";
import { eq } from "drizzle-orm";
import type { Db } from "#lib/db/client.ts";
import {
  authAccount,
  authRateLimit,
  authSession,
  authUser,
  authVerification,
} from "#lib/db/schema/auth.ts";
import { authTwoFactor } from "#lib/db/schema/sign-in.ts";
import { createLog } from "#lib/log.ts";
import { authRecord } from "./auth-record.ts";
import {
  hashPassword,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
  verifyPassword,
} from "./password.ts";
import { signInGuard } from "./sign-in-guard.ts";
import { ssoPlugin } from "./sso/sso-plugin.ts";

export type AuthSettings = {
  readonly db: Db;
  /** The installation's secret; the key that signs session cookies is derived from it. */
  readonly secret: string;
  /** Where people reach the pages; its scheme decides about secure cookies. */
  readonly publicUrl: string;
  /** Further origins that may post to us, exact. */
  readonly trustedOrigins: readonly string[];
  /** CIDR ranges at which an identity provider may be although they are private. */
  readonly allowedProviders?: readonly string[];
  /** Those of the framework around us, which hand on what ours have answered: after ours. */
  readonly plugins?: BetterAuthPlugin[];
};

/** A session ends after this long without use. */
const IDLE_SECONDS = 12 * 60 * 60;
/** How stale a session may be before its use extends it. */
const REFRESH_SECONDS = 30 * 60;
/** A session ends after this long, used or not; `requireViewer` enforces it. */
export const SESSION_MAX_MS = 7 * 24 * 60 * 60_000;

const RATE_LIMIT = {
  enabled: true,
  storage: "database",
  window: 60,
  max: 100,
  customRules: {
    // A whole office may come from one address; guessing at one account from it is
    // stopped by `signInGuard` long before.
    "/sign-in/email": { window: 300, max: 200 },
    "/two-factor/*": { window: 60, max: 60 },
    // Every open page asks, and a whole office may come from one address; a
    // signed cookie is nothing to guess at.
    "/get-session": false,
  },
} as const;

export type Auth = ReturnType<typeof createAuth>;

/**
 * Sign-in by e-mail and password on our own database. Sign-up is closed: people
 * are made by `createUser`. Sessions are rows, never cached in the cookie, so a
 * revoked one ends at once.
 */
export function createAuth(settings: AuthSettings) {
  const isHttps = settings.publicUrl.startsWith("https:");
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
        twoFactor: authTwoFactor,
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
        deactivatedAt: { type: "date", required: false, input: false },
      },
    },
    session: {
      additionalFields: { confirmedAt: { type: "date", required: false, input: false } },
      expiresIn: IDLE_SECONDS,
      updateAge: REFRESH_SECONDS,
      freshAge: 60 * 60,
      cookieCache: { enabled: false },
    },
    rateLimit: RATE_LIMIT,
    // With https the name itself binds the cookie to this host alone (ASVS 3.3.3).
    advanced: {
      cookiePrefix: isHttps ? "__Host-outlay" : "outlay",
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isHttps },
      ipAddress: { ipAddressHeaders: ["x-forwarded-for"] },
    },
    logger: { level: "warn", log: writeLog },
    databaseHooks: {
      session: {
        // Whichever way they came in: who is shut out gets no session.
        create: { before: async ({ userId }) => isActive(settings.db, userId) },
      },
    },
    plugins: [
      signInGuard(settings.db),
      ssoPlugin({ ...settings, allow: settings.allowedProviders ?? [] }),
      twoFactor({ issuer: "Outlay", totpOptions: { allowPasswordless: false } }),
      authRecord(settings.db),
      ...(settings.plugins ?? []),
    ],
  });
}

async function isActive(db: Db, userId: string): Promise<boolean> {
  const [user] = await db
    .select({ deactivatedAt: authUser.deactivatedAt })
    .from(authUser)
    .where(eq(authUser.id, userId));
  return user !== undefined && user.deactivatedAt === null;
}

const log = createLog("sign-in");

/** A mistyped password is nothing that an operator must act on, and never a value of the request. */
function writeLog(level: "debug" | "info" | "warn" | "error", message: string): void {
  if (level === "error") log.error(message);
  else log.info(message);
}

/** A key for one purpose only, of full length however short the secret is. */
function sessionKey(secret: string): string {
  return createHmac("sha256", secret).update("outlay session cookies").digest("base64url");
}
