import assert from "node:assert/strict";
import { test } from "node:test";
import { parquetMetadata, parquetReadObjects } from "hyparquet";
import type { Viewer } from "#lib/access/viewer.ts";
import { recordCharge, recordTeamModel } from "#lib/cost-book/change-cost-book.ts";
import { ChargeInput, ModelInput } from "#lib/cost-book/cost-input.ts";
import { newCharge, newModel } from "#lib/cost-book/from-input.ts";
import { Ledger } from "#lib/ingest/commit.ts";
import { loadIngestPlan } from "#lib/ingest/ingest-plan.ts";
import { toDecimal } from "#lib/money/money.ts";
import { teamCosts } from "#lib/reports/team-costs.ts";
import { csvText } from "#lib/tables/write-csv.ts";
import { jsonLine } from "#lib/tables/write-jsonl.ts";
import { parquetWriter } from "#lib/tables/write-parquet.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";
import { batch, modelCall, type Told, tokens } from "#lib/testing/usage-events.ts";
import { FOCUS_VERSIONS, type FocusVersion } from "./columns.ts";
import { exportFocus, type FocusSummary } from "./export-rows.ts";
import { focusColumns } from "./focus-columns.ts";
import type { FocusRow } from "./focus-row.ts";
import { validateFocusCsv } from "./validate-file.ts";

const { sql } = await createTestDatabase();
// Days of this zone begin at 18:15 UTC.
await sql`update organization set time_zone = 'Asia/Kathmandu', name = 'Acme, "Engineering"'`;
await sql`insert into team (slug, name, cost_center)
          values ('search', '=1+2', 'CC-1'), ('payments', 'Payments', null)`;
const NOVEMBER = {
  from: new Date("2026-10-31T18:15:00Z"),
  to: new Date("2026-11-30T18:15:00Z"),
};
const finance: Viewer = {
  ...{ kind: "user", id: "u1", label: "Fin", role: "finance" },
  ...{ teams: "all", persons: "all" },
};

let spans = 0;
async function call(team: string, at: string, told: Told = {}): Promise<void> {
  const plan = await loadIngestPlan(sql);
  const event = modelCall(`call ${++spans}`, {
    ...{ startedAtMs: Date.parse(at), tokens: tokens(200_003, 100_007) },
    ...told,
    attributes: { "team.id": team },
    traceId: spans.toString(16).padStart(32, "a"),
  });
  await new Ledger(sql, () => plan).commit({
    ...batch([event]),
    receivedAtMs: Date.parse(at) + 60_000,
  });
}

async function fileOf(scope: Viewer = finance) {
  const rows: FocusRow[] = [];
  let summary: FocusSummary | undefined;
  await exportFocus(sql, scope, NOVEMBER, async (found) => {
    summary = found;
    return async (day) => void rows.push(...day);
  });
  assert.ok(summary !== undefined);
  return { rows, summary };
}
const csvOf = (rows: readonly FocusRow[], version: FocusVersion) =>
  csvText(focusColumns(version), rows, "data");

await recordTeamModel(
  sql,
  finance,
  newModel(
    ModelInput.parse({
      team: "search",
      effective_from: "2026-11-01",
      markup: "0.05",
      funding: [{ provider: "anthropic", model: null, source: "credits" }],
    }),
  ),
);
await recordCharge(
  sql,
  finance,
  newCharge(
    ChargeInput.parse({
      ...{ kind: "credits", name: "Prepaid credits", team: "search", provider: "anthropic" },
      ...{ amount: "100", quantity: 1, recurrence: "once", starts_on: "2026-11-01" },
      ...{ ends_on: "2026-12-01" },
    }),
  ),
);
await call("search", "2026-11-03T10:00:00Z");
await call("search", "2026-11-03T11:00:00Z", { provider: "anthropic", model: "claude-opus-5" });
await call("payments", "2026-11-04T10:00:00Z", { tier: "batch" });
await call("payments", "2026-11-04T10:01:00Z", { model: "nobody-knows-it" });

test("a month holds against FOCUS 1.4 and 1.2, whatever its teams are called", async () => {
  const { rows } = await fileOf();
  assert.ok(rows.length > 8);
  for (const version of FOCUS_VERSIONS) {
    assert.deepEqual(validateFocusCsv(csvOf(rows, version), version), [], version);
  }
});

test("the rows add up to what the teams cost, in each of the four costs, to the last digit", async () => {
  const { rows, summary } = await fileOf();
  const { total } = await teamCosts(sql, finance, { ...NOVEMBER, bucket: "none" });
  assert.deepEqual(summary.total, total);
  assert.equal(summary.rowCount, rows.length);
  assert.equal(summary.unpricedCalls, 1);
  assert.notEqual(toDecimal(total.effective), toDecimal(total.billed));
});

test("usage that credits paid for carries what was drawn, not the purchase", async () => {
  const { rows } = await fileOf();
  const drawn = rows.filter((row) => row.x_LineKind === "covered");
  assert.ok(drawn.length > 0);
  for (const row of drawn) {
    assert.equal(row.BilledCost, "0");
    assert.equal(row.EffectiveCost, row.ContractedCost);
  }
  const purchases = rows.filter((row) => row.ChargeCategory === "Purchase");
  const [bought] = purchases.filter((row) => row.BilledCost === "100");
  assert.equal(bought?.EffectiveCost, "0");
});

test("a manager exports the teams in sight, and no other", async () => {
  const { rows } = await fileOf({ ...finance, role: "manager", teams: ["payments"] });
  assert.deepEqual([...new Set(rows.map((row) => row.SubAccountId))], ["team_payments"]);
});

test("each line of JSON Lines is an object with the same figures", async () => {
  const { rows } = await fileOf();
  for (const row of rows) {
    const read = JSON.parse(jsonLine(focusColumns("1.4"), row)) as Record<string, unknown>;
    assert.equal(read.ChargeDescription, row.ChargeDescription);
    assert.equal(read.BilledCost, Number(row.BilledCost));
    assert.equal(typeof (read.Tags ?? {}), "object");
  }
});

test("the Parquet file has the same rows, its amounts as exact decimals", async () => {
  const { rows } = await fileOf();
  const pieces: Uint8Array[] = [];
  const shape = { columns: focusColumns("1.4") };
  const file = parquetWriter(shape, async (piece) => pieces.push(Buffer.from(piece)));
  await file.begin();
  await file.add(rows);
  await file.finish([]);
  const bytes = Buffer.concat(pieces);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const billed = parquetMetadata(buffer).schema.find(({ name }) => name === "BilledCost");
  assert.deepEqual([billed?.converted_type, billed?.precision, billed?.scale], ["DECIMAL", 38, 18]);
  const read = await parquetReadObjects({ file: buffer });
  assert.equal(read.length, rows.length);
  for (const [index, row] of rows.entries()) {
    assert.equal(read[index]?.ChargeDescription, row.ChargeDescription);
    assert.equal(read[index]?.SkuId ?? null, row.SkuId);
    assert.ok(Math.abs(Number(read[index]?.BilledCost) - Number(row.BilledCost)) < 1e-9);
    assert.deepEqual(read[index]?.ChargePeriodStart, new Date(row.ChargePeriodStart ?? ""));
  }
});
