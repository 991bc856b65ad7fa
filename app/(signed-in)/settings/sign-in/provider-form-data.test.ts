import assert from "node:assert/strict";
import { test } from "node:test";
import { mappingsText } from "./mappings-text.ts";
import { readProviderForm } from "./provider-form-data.ts";

function formOf(more: Record<string, string> = {}): FormData {
  const form = new FormData();
  const fields = {
    ...{ isEnabled: "on", name: "Acme", issuer: "https://id.acme.example", clientId: "outlay" },
    ...{ clientSecret: "", roleClaim: "groups", teamClaim: "groups" },
    ...{ mappings: "", allowedDomains: "Acme.example, acme.org", ...more },
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test("mappings are read as they are shown", () => {
  const mappings = "Money people = finance\nleads = manager, team:payments\ndevs = team:search";
  const read = readProviderForm(formOf({ mappings }));
  assert.ok("input" in read);
  assert.deepEqual(read.input.mappings, [
    { group: "Money people", role: "finance", team: null },
    { group: "leads", role: "manager", team: "payments" },
    { group: "devs", role: null, team: "search" },
  ]);
  assert.equal(mappingsText(read.input.mappings), mappings);
  assert.deepEqual(read.input.allowedDomains, ["acme.example", "acme.org"]);
  assert.equal(read.input.clientSecret, null);
});

test("what is wrong is named by its field", () => {
  for (const [field, value] of [
    ["mappings", "leads = boss"],
    ["mappings", "leads ="],
    ["issuer", "javascript:alert(1)"],
    ["allowedDomains", "not a domain!"],
    ["name", ""],
  ] as const) {
    assert.deepEqual(readProviderForm(formOf({ [field]: value })), { wrong: [field] }, value);
  }
});
