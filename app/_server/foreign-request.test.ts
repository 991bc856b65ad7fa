import assert from "node:assert/strict";
import { test } from "node:test";
import { isForeignRequest } from "./foreign-request.ts";

const isForeign = (headers: Record<string, string>) =>
  isForeignRequest(new Headers({ host: "outlay.acme.example", ...headers }));

test("a request from another site, another port or nowhere is foreign", () => {
  for (const site of ["cross-site", "same-site", "none"]) {
    assert.equal(isForeign({ "sec-fetch-site": site }), true, site);
  }
  for (const origin of ["https://evil.example", "null", "https://outlay.acme.example:8443"]) {
    assert.equal(isForeign({ origin }), true, origin);
  }
});

test("our own pages and programs are not", () => {
  assert.equal(isForeign({ "sec-fetch-site": "same-origin" }), false);
  assert.equal(isForeign({ origin: "https://outlay.acme.example" }), false);
  assert.equal(isForeign({}), false);
});
