import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { testViewer } from "#lib/testing/viewers.ts";
import { findModels } from "./find-models.ts";
import type { NewRate } from "./own-rate.ts";
import { recordRates } from "./rate-store.ts";

const { sql } = await createTestDatabase();
const [admin, inSearch] = [testViewer(), testViewer("viewer", ["search"])];

before(async () => {
  await sql`insert into team (slug, name) values ('search', 'Search'), ('pay', 'Payments')`;
  await sql`
    insert into dimension_set (id, kind, team, provider, model, dialect, status)
    values (1, 'model_call', 'pay', 'openai', 'gpt-5.4', 'otel', 'ok')`;
  const rate: NewRate = {
    ...{ team: null, kind: "list", provider: "lab", model: "gpt-5-lab", unit: "output" },
    ...{ price: { amount: "1", per: 1_000_000 }, tier: null, speed: null, region: null },
    ...{ context: null, window: null, includesFees: false },
    ...{ effectiveFrom: null, effectiveTo: null },
    source: { name: "Lab", url: "https://lab.example", checkedAt: "2026-11-22", quote: "$1" },
  };
  const contract: NewRate = { ...rate, team: "pay", kind: "contract", model: "gpt-5-for-pay" };
  await sql.begin((tx) => recordRates(tx, [rate, contract], "ann"));
});

test("models with an own price are found beside those of the price book", async () => {
  assert.deepEqual(await findModels(sql, admin, "gpt-5-lab"), ["lab/gpt-5-lab"]);
  const found = await findModels(sql, admin, "openai/gpt-5.");
  assert.ok(found.includes("openai/gpt-5.5"));
  assert.equal(found[0], "openai/gpt-5.4", "it is in use");
});

test("nobody learns what another team uses, nor whom it has a contract with", async () => {
  assert.deepEqual(await findModels(sql, admin, "gpt-5-for"), ["lab/gpt-5-for-pay"]);
  assert.deepEqual(await findModels(sql, inSearch, "gpt-5-for"), []);
  assert.notEqual((await findModels(sql, inSearch, "gpt-5"))[0], "openai/gpt-5.4");
});
