import assert from "node:assert/strict";
import { test } from "node:test";
import { SYSTEM } from "#lib/audit/actor.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { totp } from "#lib/testing/totp.ts";
import { createAuth } from "./create-auth.ts";
import { createUser } from "./create-user.ts";

const { db, sql } = await createTestDatabase();
const origin = "http://127.0.0.1:3000";
const auth = createAuth({ db, secret: "a secret of tests", publicUrl: origin, trustedOrigins: [] });
const password = "correct horse battery";
const email = "ada@acme.example";
await createUser(db, SYSTEM, { name: "Ada", email, password, role: "admin", teams: [] });

async function post(path: string, body: object, cookie = "") {
  const response = await auth.handler(
    new Request(`${origin}/api/auth${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin,
        cookie,
        "x-forwarded-for": "192.0.2.1",
      },
      body: JSON.stringify(body),
    }),
  );
  const set = response.headers.getSetCookie().map((line) => line.split(";")[0] ?? "");
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, answer, cookie: set.join("; ") };
}

test("with a second factor the password alone opens nothing; a code or a backup code works once", async () => {
  const first = await post("/sign-in/email", { email, password });
  const { answer } = await post("/two-factor/enable", { password }, first.cookie);
  const uri = String(answer.totpURI);
  const codes = answer.backupCodes as string[];
  assert.match(uri, /^otpauth:\/\/totp\/Outlay:/);
  const secret = new URL(uri).searchParams.get("secret") ?? "";
  const now = Date.now();
  const enrolled = await post("/two-factor/verify-totp", { code: totp(secret, now) }, first.cookie);
  assert.equal(enrolled.status, 200);

  const half = await post("/sign-in/email", { email, password });
  assert.equal(half.answer.twoFactorRedirect, true);
  const nobody = await auth.api.getSession({ headers: new Headers({ cookie: half.cookie }) });
  assert.equal(nobody, null);
  const wrong = await post("/two-factor/verify-totp", { code: "000000" }, half.cookie);
  assert.equal(wrong.status, 401);

  const code = totp(secret, now);
  const whole = await post("/two-factor/verify-totp", { code }, half.cookie);
  assert.equal(whole.status, 200);
  const session = await auth.api.getSession({ headers: new Headers({ cookie: whole.cookie }) });
  assert.equal(session?.user.email, email);
  // Seen over the shoulder, the same code opens nothing, though its half minute is not over.
  const again = await post("/sign-in/email", { email, password });
  const replayed = await post("/two-factor/verify-totp", { code }, again.cookie);
  assert.equal(replayed.status, 401);

  const backup = { code: codes[0] };
  assert.equal((await post("/two-factor/verify-backup-code", backup, again.cookie)).status, 200);
  const third = await post("/sign-in/email", { email, password });
  assert.equal((await post("/two-factor/verify-backup-code", backup, third.cookie)).status, 401);
});

test("secret and backup codes are kept encrypted, and their use is on record", async () => {
  const [row] = await sql`select secret, backup_codes from auth_two_factor`;
  assert.doesNotMatch(`${row?.secret} ${row?.backup_codes}`, /^[A-Za-z0-9]{32} |\[|-/);
  const actions = await sql`select action, after ->> 'by' as by from audit_entry order by id`;
  const told = actions.map(({ action, by }) => `${action} ${by ?? ""}`.trim());
  assert.ok(told.includes("second_factor.enabled"));
  assert.ok(told.includes("session.started password and code"));
  assert.ok(told.includes("session.started password and backup code"));
  assert.equal(told.filter((line) => line === "session.started password").length, 1);
});
