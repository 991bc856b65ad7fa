import assert from "node:assert/strict";
import { test } from "node:test";
import { otlpUrl } from "./otlp-url.ts";

const at = (host: string) => ({ host, httpPort: 4318, grpcPort: 4317 });

test("names the collector's address", () => {
  assert.equal(
    otlpUrl({ otlp: at("127.0.0.1"), publicUrl: "http://127.0.0.1:3000" }),
    "http://127.0.0.1:4318",
  );
  assert.equal(
    otlpUrl({ otlp: at("::1"), publicUrl: "http://127.0.0.1:3000" }),
    "http://[::1]:4318",
  );
});

test("names a host that agents can reach when the collector listens everywhere", () => {
  assert.equal(
    otlpUrl({ otlp: at("0.0.0.0"), publicUrl: "https://outlay.example.com" }),
    "http://outlay.example.com:4318",
  );
  assert.equal(
    otlpUrl({ otlp: at("::"), publicUrl: "http://[fd00::1]:3000" }),
    "http://[fd00::1]:4318",
  );
});
