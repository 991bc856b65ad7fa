import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, test } from "node:test";
import { authority, readConfig, readServiceConfig } from "./config.ts";
import { AppError } from "./errors.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

function mistakesOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof AppError);
    assert.equal(error.code, "invalid");
    return error.message;
  }
  assert.fail("the environment was accepted");
}

describe("readConfig", () => {
  test("starts from an empty environment", () => {
    assert.deepEqual(readConfig({}), {
      databaseUrl: null,
      dataDir: resolve(".outlay"),
      host: "127.0.0.1",
      port: 3000,
      otlp: { host: "127.0.0.1", httpPort: 4318, grpcPort: 4317 },
      secret: null,
      publicUrl: "http://127.0.0.1:3000",
      firstStart: { adminEmail: null, adminPassword: null, ingestKey: null, apiKey: null },
      maxBodyBytes: 67_108_864,
      collectorProcesses: null,
      webhookAllow: [],
      exportDir: null,
      mail: null,
      trustedProxies: [],
    });
  });

  test("sends mail only when it knows the server and the sender, and knows bad ones", () => {
    const OUTLAY_SMTP_URL = "smtp://mail.acme.example:587";
    const OUTLAY_MAIL_FROM = "Outlay <outlay@acme.example>";
    assert.deepEqual(readConfig({ OUTLAY_SMTP_URL, OUTLAY_MAIL_FROM }).mail, {
      smtpUrl: OUTLAY_SMTP_URL,
      from: OUTLAY_MAIL_FROM,
    });
    assert.match(mistakesOf({ OUTLAY_SMTP_URL }), /OUTLAY_MAIL_FROM: set both/);
    const bad = { OUTLAY_SMTP_URL: "http://x", OUTLAY_MAIL_FROM: "a@b.c\nBcc: d@e.f" };
    assert.match(mistakesOf(bad), /2 mistakes/);
  });

  // `environment: - PORT=` of a compose file sets variables to nothing.
  test("takes an empty variable as not set", () => {
    assert.equal(readConfig({ PORT: "", DATABASE_URL: "" }).port, 3000);
  });

  test("names every mistake at once and prints no value", () => {
    const message = mistakesOf({
      DATABASE_URL: "mysql://root:hunter2@db/x",
      OUTLAY_SECRET: "hunter2",
      PORT: "70000",
      OTLP_HTTP_PORT: "4318.5",
      OUTLAY_WEBHOOK_ALLOW: "127.0.0.0/8, 10.0.0.0/40",
      OUTLAY_ADMIN_EMAIL: "ada@example.com",
    });
    for (const name of [
      "DATABASE_URL",
      "OUTLAY_SECRET",
      "PORT",
      "OTLP_HTTP_PORT",
      "OUTLAY_WEBHOOK_ALLOW",
      "OUTLAY_ADMIN_PASSWORD",
    ]) {
      assert.match(message, new RegExp(`\\b${name}`));
    }
    assert.match(message, /6 mistakes/);
    assert.doesNotMatch(message, /hunter2|70000|10\.0\.0\.0/);
  });

  test("asks for a secret of one's own with a database of one's own", () => {
    assert.match(mistakesOf({ DATABASE_URL: "postgres://u@db/x" }), /OUTLAY_SECRET/);
    const config = readConfig({ DATABASE_URL: "postgres://u@db/x", OUTLAY_SECRET: SECRET });
    assert.equal(config.databaseUrl, "postgres://u@db/x");
  });

  test("refuses one port for two servers", () => {
    assert.match(mistakesOf({ PORT: "4318" }), /must differ/);
  });

  test("takes the public address without its last slash", () => {
    const env = { OUTLAY_PUBLIC_URL: "https://outlay.example.com/" };
    assert.equal(readConfig(env).publicUrl, "https://outlay.example.com");
  });

  test("reads ranges of both address families", () => {
    const env = { OUTLAY_WEBHOOK_ALLOW: "127.0.0.0/8,fd00::/8" };
    assert.deepEqual(readConfig(env).webhookAllow, ["127.0.0.0/8", "fd00::/8"]);
  });
});

describe("readServiceConfig", () => {
  test("refuses to serve without a database", () => {
    assert.throws(() => readServiceConfig({ OUTLAY_SECRET: SECRET }), /DATABASE_URL/);
  });
});

test("authority brackets IPv6", () => {
  assert.equal(authority("::1", 3000), "[::1]:3000");
  assert.equal(authority("0.0.0.0", 3000), "0.0.0.0:3000");
});
