import assert from "node:assert/strict";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { type KeySet, verifyIdToken } from "./id-token.ts";
import { groupsIn, mappedAccess } from "./mapped-access.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2_048 });
const small = generateKeyPairSync("rsa", { modulusLength: 1_024 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwk = (key: typeof rsa.publicKey, kid: string) =>
  ({ ...key.export({ format: "jwk" }), kid }) as KeySet["keys"][number];
const keys: KeySet = {
  keys: [jwk(rsa.publicKey, "r"), jwk(ec.publicKey, "e"), jwk(small.publicKey, "s")],
};
const nowMs = Date.parse("2026-11-22T12:00:00Z");
const expected = { issuer: "https://id.acme.example", clientId: "outlay", nonce: "n", nowMs };
const good = {
  ...{ iss: expected.issuer, sub: "u1", aud: "outlay", nonce: "n" },
  ...{ iat: nowMs / 1000, exp: nowMs / 1000 + 300 },
};

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
function tokenOf(claims: object, alg = "RS256", kid = "r"): string {
  const text = `${encoded({ alg, kid })}.${encoded(claims)}`;
  const { privateKey } = kid === "e" ? ec : kid === "s" ? small : rsa;
  const signature =
    alg === "ES256"
      ? sign("sha256", Buffer.from(text), { key: privateKey, dsaEncoding: "ieee-p1363" })
      : sign("sha256", Buffer.from(text), privateKey);
  return `${text}.${signature.toString("base64url")}`;
}
const isGood = (token: string) => verifyIdToken(token, keys, expected) !== null;

test("a token that is good in every point is taken, by RSA and by elliptic curve", () => {
  assert.equal(verifyIdToken(tokenOf(good), keys, expected)?.sub, "u1");
  assert.equal(isGood(tokenOf(good, "ES256", "e")), true);
  assert.equal(isGood(tokenOf({ ...good, aud: ["outlay", "x"], azp: "outlay" })), true);
});

test("a token with one point wrong is not", () => {
  const seconds = nowMs / 1000;
  for (const wrong of [
    { iss: "https://id.acme.example/" },
    { aud: "other" },
    { aud: ["outlay", "other"] },
    { azp: "other" },
    { nonce: "m" },
    { nonce: undefined },
    { exp: seconds - 121 },
    { iat: seconds + 121 },
    { sub: "" },
  ]) {
    assert.equal(isGood(tokenOf({ ...good, ...wrong })), false, JSON.stringify(wrong));
  }
});

test("no signature, a shared secret, a short key, another key or changed words are not taken", () => {
  const body = encoded(good);
  assert.equal(isGood(`${encoded({ alg: "none" })}.${body}.`), false);
  // The public key as the secret of an HMAC: the classic confusion of algorithms.
  const head = encoded({ alg: "HS256", kid: "r" });
  const pem = rsa.publicKey.export({ type: "spki", format: "pem" });
  const mac = createHmac("sha256", pem).update(`${head}.${body}`).digest("base64url");
  assert.equal(isGood(`${head}.${body}.${mac}`), false);
  assert.equal(isGood(tokenOf(good, "RS256", "s")), false);
  assert.equal(verifyIdToken(tokenOf(good), { keys: [jwk(ec.publicKey, "r")] }, expected), null);
  const [first, , third] = tokenOf(good).split(".");
  assert.equal(isGood(`${first}.${encoded({ ...good, sub: "u2" })}.${third}`), false);
  for (const junk of ["", "a.b.c", "....", "x".repeat(60_000)]) assert.equal(isGood(junk), false);
});

test("groups come to the highest role and every team; nothing inherited counts", () => {
  const mappings = [
    { group: "g1", role: "viewer", team: "b" },
    { group: "g2", role: "manager", team: "a" },
    { group: "g3", role: "admin", team: null },
  ] as const;
  const groups = groupsIn({ realm: { groups: ["g1", "g2", 3] } }, "realm.groups");
  assert.deepEqual(mappedAccess(mappings, { roleGroups: groups, teamGroups: groups }), {
    role: "manager",
    teams: ["a", "b"],
  });
  assert.deepEqual(mappedAccess(mappings, { roleGroups: [], teamGroups: [] }), {
    role: "viewer",
    teams: [],
  });
  assert.deepEqual(
    groupsIn({ "https://acme.example/groups": "g3" }, "https://acme.example/groups"),
    ["g3"],
  );
  assert.deepEqual(groupsIn({}, "constructor.name"), []);
});
