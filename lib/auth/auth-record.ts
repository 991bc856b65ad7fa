import type { BetterAuthPlugin } from "better-auth";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { eq } from "drizzle-orm";
import type { AuditActor, RequestOrigin } from "#lib/audit/actor.ts";
import { recordAudit } from "#lib/audit/record-audit.ts";
import { recordRefusal } from "#lib/audit/record-refusal.ts";
import type { Db } from "#lib/db/client.ts";
import { authUser } from "#lib/db/schema/auth.ts";

/** How people sign in, by the address that answers with a session. */
const WAYS_IN: Readonly<Record<string, string>> = {
  "/sign-in/email": "password",
  "/two-factor/verify-totp": "password and code",
  "/two-factor/verify-backup-code": "password and backup code",
  "/sso/callback": "single sign-on",
};
/** What people change about their own sign-in. */
const OWN_CHANGES: Readonly<Record<string, `${string}.${string}`>> = {
  "/two-factor/disable": "second_factor.removed",
  "/two-factor/generate-backup-codes": "second_factor.codes_made",
  "/change-password": "person.password_changed",
};

/**
 * Puts sign-ins, refused ones too, and changes of one's own sign-in on record.
 * Stands last among our plugins: a session that waits for a second factor is
 * none yet.
 */
export function authRecord(db: Db): BetterAuthPlugin {
  return {
    id: "outlay-auth-record",
    hooks: {
      after: [
        {
          matcher: ({ path }) => path !== undefined && (path in WAYS_IN || path in OWN_CHANGES),
          handler: createAuthMiddleware(async (context) => {
            const { returned, newSession, session } = context.context;
            await record(db, {
              path: context.path ?? "",
              body: context.body,
              isRefused: returned instanceof APIError,
              begun: newSession?.user ?? null,
              known: session?.user ?? null,
              origin: originOf(context.headers),
            });
          }),
        },
      ],
    },
  };
}

type User = { readonly id: string; readonly name: string };
type Outcome = {
  readonly path: string;
  readonly body: unknown;
  readonly isRefused: boolean;
  /** Whose session has begun with this request. */
  readonly begun: User | null;
  /** Who was signed in before it. */
  readonly known: User | null;
  readonly origin: RequestOrigin;
};

async function record(db: Db, outcome: Outcome): Promise<void> {
  const { path, isRefused, begun, known, origin } = outcome;
  if (isRefused) {
    if (path in WAYS_IN) await recordFailure(db, outcome);
    return;
  }
  const user = begun ?? known;
  if (user === null) return;
  const by = {
    actor: { kind: "user", id: user.id, label: user.name, origin },
    target: { kind: "person", id: user.id },
  } as const;
  const ownChange =
    known !== null && path === "/two-factor/verify-totp"
      ? "second_factor.enabled"
      : OWN_CHANGES[path];
  if (ownChange !== undefined) await recordAudit(db, { ...by, action: ownChange });
  else if (begun !== null) {
    await recordAudit(db, { ...by, action: "session.started", after: { by: WAYS_IN[path] } });
  }
}

/** Never what was typed as the e-mail: it may have been the password. */
async function recordFailure(db: Db, { path, body, origin }: Outcome): Promise<void> {
  const email = (body as { email?: unknown } | undefined)?.email;
  const [person] =
    typeof email === "string"
      ? await db
          .select({ id: authUser.id, email: authUser.email })
          .from(authUser)
          .where(eq(authUser.email, email.trim().toLowerCase()))
      : [];
  const actor: AuditActor = { kind: "nobody", id: origin.ip ?? "", label: "not signed in", origin };
  if (person === undefined) {
    await recordRefusal(db, actor, `sign-in by ${WAYS_IN[path]}`, new Date());
    return;
  }
  await recordAudit(db, {
    ...{ actor, action: "session.refused", result: "refused" },
    target: { kind: "person", id: person.id },
    after: { email: person.email, by: WAYS_IN[path] },
  });
}

function originOf(headers: Headers | undefined): RequestOrigin {
  return {
    ip: headers?.get("x-forwarded-for") ?? null,
    userAgent: headers?.get("user-agent") ?? null,
    requestId: headers?.get("x-request-id") ?? null,
  };
}
