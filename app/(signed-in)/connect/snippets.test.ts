import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { SOURCES, snippetsFor } from "./snippets.ts";

const target = { url: "http://127.0.0.1:4318", key: "outlay_ik_abc_DEF-123" };

test("every source gets the address and the key", () => {
  for (const source of SOURCES) {
    const text = snippetsFor(source, target)
      .map((snippet) => snippet.text)
      .join("\n");
    assert.ok(text.includes(target.url), source);
    assert.ok(text.includes(target.key), source);
  }
});

test("a key with other characters is percent-encoded in the header variable", () => {
  const [settings] = snippetsFor("claude-code", { ...target, key: "a b,c=d" });
  const env = JSON.parse(settings?.text ?? "").env;
  assert.equal(env.OTEL_EXPORTER_OTLP_HEADERS, "x-api-key=a%20b%2Cc%3Dd");
});

test("no source is told to send prompts", () => {
  const codex = snippetsFor("codex", target)[0]?.text ?? "";
  assert.match(codex, /^log_user_prompt = false$/m);
  const gemini = JSON.parse(snippetsFor("gemini-cli", target)[0]?.text ?? "");
  assert.equal(gemini.telemetry.logPrompts, false);
});

test("the curl command sends one whole span as OTLP JSON", () => {
  const command = snippetsFor("curl", target)[0]?.text ?? "";
  // A shell runs it with a curl that prints its body.
  const script = `curl() { for last; do :; done; printf '%s' "$last"; }\n${command}`;
  const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
  const span = JSON.parse(stdout).resourceSpans[0].scopeSpans[0].spans[0];
  assert.match(span.traceId, /^[0-9a-f]{32}$/);
  assert.match(span.spanId, /^[0-9a-f]{16}$/);
  assert.equal(span.startTimeUnixNano.length, 19);
  assert.equal(span.attributes.length, 5);
});
